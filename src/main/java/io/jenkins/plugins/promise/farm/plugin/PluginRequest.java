package io.jenkins.plugins.promise.farm.plugin;

/**
 * A plugin that is asked for.
 *
 * @param version exactly that one; null for the one that can be had
 * @param file who asks, for findings
 * @param line where in the file; 0 for none
 */
public record PluginRequest(String name, String version, String file, int line) {}
