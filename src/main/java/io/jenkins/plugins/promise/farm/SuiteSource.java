package io.jenkins.plugins.promise.farm;

import java.nio.file.Path;

/**
 * A suite that a farm has.
 *
 * @param path as the farm file has it
 * @param folder where it lies on this machine
 * @param components whether the folder has components that the suite is made of
 * @param commit the commit that is deployed; null for the folder as it is
 */
public record SuiteSource(String path, Path folder, boolean components, String commit) {}
