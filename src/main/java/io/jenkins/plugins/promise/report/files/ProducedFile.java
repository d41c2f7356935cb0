package io.jenkins.plugins.promise.report.files;

import java.io.Serializable;

/**
 * A file that a worker has produced.
 *
 * @param name its path from the workspace, with slashes
 * @param bytes how large it is
 * @param sha256 of its content, in hex
 * @param executable whether its owner may run it
 */
public record ProducedFile(String name, long bytes, String sha256, boolean executable) implements Serializable {}
