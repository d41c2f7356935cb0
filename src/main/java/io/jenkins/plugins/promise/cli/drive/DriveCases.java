package io.jenkins.plugins.promise.cli.drive;

import io.jenkins.plugins.promise.cli.CommandFailure;
import io.jenkins.plugins.promise.cli.ExitCode;
import io.jenkins.plugins.promise.cli.SuiteArgument;
import io.jenkins.plugins.promise.contract.Contract;
import io.jenkins.plugins.promise.contract.Input;
import io.jenkins.plugins.promise.contract.yaml.Finding;
import io.jenkins.plugins.promise.suite.CaseFile;
import io.jenkins.plugins.promise.suite.FileInputs;
import io.jenkins.plugins.promise.suite.Suite;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The cases of a suite, as a drive submits them. */
final class DriveCases {
    private final Suite suite;

    DriveCases(Suite suite) {
        this.suite = suite;
    }

    /**
     * Those of these names; all if none is named.
     *
     * @throws CommandFailure if there is none, or one that no controller would accept
     */
    List<CaseFile> chosen(List<String> names) throws IOException {
        List<CaseFile> all = SuiteArgument.cases(suite);
        for (String name : names) {
            if (all.stream().noneMatch(c -> c.name().equals(name))) {
                throw SuiteArgument.noCase(name, all);
            }
        }
        List<CaseFile> chosen = all.stream()
                .filter(c -> names.isEmpty() || names.contains(c.name()))
                .toList();
        List<Finding> problems =
                chosen.stream().flatMap(c -> c.problems(suite).stream()).toList();
        if (!problems.isEmpty()) {
            throw CommandFailure.of(problems);
        }
        if (chosen.isEmpty()) {
            throw new CommandFailure(ExitCode.USAGE, "there is no case to submit; write one as cases/NAME.yaml");
        }
        return chosen;
    }

    /** What one is submitted with: its callbacks go to the drive's own receiver. */
    Map<String, String> inputs(Driven driven, DriveReceiver receiver, Path work) {
        Contract contract = suite.jobs().get(driven.from().job()).file().contract();
        Path folder = work.resolve(Integer.toString(driven.number()));
        Map<String, String> inputs = FileInputs.resolve(contract, driven.from().inputs(folder), suite.root());
        for (Input callback : contract.callbacks()) {
            inputs.put(callback.name(), receiver.url(driven, callback.receives()));
        }
        return inputs;
    }
}
