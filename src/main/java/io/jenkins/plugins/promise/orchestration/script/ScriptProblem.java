package io.jenkins.plugins.promise.orchestration.script;

/**
 * Something that is wrong with a script.
 *
 * @param line in its text, counted from 1
 * @param message what is wrong, and the way out
 */
public record ScriptProblem(int line, String message) {}
