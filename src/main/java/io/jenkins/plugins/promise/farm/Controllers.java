package io.jenkins.plugins.promise.farm;

import java.nio.file.Path;
import java.util.List;

/**
 * The controllers of a farm.
 *
 * @param count how many there are behind the one address
 * @param jenkins the version of Jenkins; null of local controllers
 * @param java the major version of Java
 * @param size the instances' type; null if the farm spans no zones
 * @param disk GiB of the volume for a home
 * @param executors how many workers a local controller runs at once; null for what the worker types add up to
 * @param plugins the file that names the plugins; null for what Promise Jobs itself needs
 * @param configuration more files of configuration-as-code, which are taken as they are
 * @param ledger where promises are kept
 * @param mirror where the machines fetch Jenkins and plugins from
 */
public record Controllers(
        int count,
        String jenkins,
        int java,
        String size,
        int disk,
        Integer executors,
        Path plugins,
        List<Path> configuration,
        FarmLedger ledger,
        String mirror) {
    /** Copies what it is given. */
    public Controllers {
        configuration = List.copyOf(configuration);
    }
}
