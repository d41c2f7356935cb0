package io.jenkins.plugins.promise.engine;

import groovy.lang.Script;
import io.jenkins.plugins.promise.deployment.ScriptSource;

/**
 * A script ready to run.
 *
 * @param type its class
 * @param loader what its class and those in it are found with
 * @param unit what the class files call its source
 * @param source where its lines came from
 */
public record CompiledScript(Class<? extends Script> type, ClassLoader loader, String unit, ScriptSource source) {}
