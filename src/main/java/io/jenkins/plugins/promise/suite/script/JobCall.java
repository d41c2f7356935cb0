package io.jenkins.plugins.promise.suite.script;

import java.util.Map;

/**
 * A call of a job in a script, as the syntax tree has it.
 *
 * @param step {@code worker} or {@code build}
 * @param job the job's name if it is a literal; null if only the running script knows it
 * @param line in the script's text, counted from 1
 * @param inputs the inputs given, with the value of those that are literals and null for the others; null if only the
 *     running script knows which are given
 */
public record JobCall(String step, String job, int line, Map<String, String> inputs) {}
