package io.jenkins.plugins.promise.cli.farm;

import com.google.common.base.Splitter;
import io.jenkins.plugins.promise.cli.PromiseCommand;
import java.io.File;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** This program in another process: the same classes. */
final class ThisProgram {
    private final String option;

    /**
     * One that is to be started.
     *
     * @param option of its JVM
     */
    ThisProgram(String option) {
        this.option = option;
    }

    /** What starts it with these arguments. */
    List<String> command(List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        // The second compiler is for those that run for long, and was left out of this process.
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(a -> a.startsWith("-D") || a.startsWith("-XX:SharedArchiveFile=") || a.startsWith("-Xlog:"))
                .forEach(command::add);
        String classes = Splitter.on(File.pathSeparatorChar)
                .splitToStream(System.getProperty("java.class.path"))
                .map(entry -> Path.of(entry).toAbsolutePath().toString())
                .collect(Collectors.joining(File.pathSeparator));
        command.addAll(List.of(option, "-cp", classes, PromiseCommand.class.getName()));
        command.addAll(arguments);
        return command;
    }
}
