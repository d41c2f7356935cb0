package io.jenkins.plugins.promise.rehearsal;

import io.jenkins.plugins.promise.contract.Contract;
import io.jenkins.plugins.promise.contract.files.FilePattern;
import io.jenkins.plugins.promise.ledger.promise.ParentCall;
import io.jenkins.plugins.promise.orchestration.Phase;
import io.jenkins.plugins.promise.orchestration.PhaseCommand;
import io.jenkins.plugins.promise.orchestration.WorkerCall;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Whose files the workers of a rehearsal are given, and whether there are any. Only names are rehearsed, no content. */
final class RehearsedFiles {
    private static final String REHEARSAL = "rehearsal";

    private final CallCheck check;
    private final String file;
    private final Map<String, Producer> producers = new HashMap<>();

    /**
     * Nothing is produced yet.
     *
     * @param file the rehearsal's
     */
    RehearsedFiles(CallCheck check, String file) {
        this.check = check;
        this.file = file;
    }

    /** The id that the promise of a call would have. */
    static String id(Phase phase, PhaseCommand.Submit submit) {
        return new ParentCall(
                        REHEARSAL, phase.number(), submit.index(), submit.call().name(), submit.attempt(), null, null)
                .id();
    }

    /** A worker has answered. */
    void answered(String id, WorkerCall call, Answer answer) {
        producers.put(id, new Producer(call, answer));
    }

    /**
     * What is wrong with the files that a call is given.
     *
     * @param line where the script declares the call
     */
    List<Difference> differences(WorkerCall call, WorkerPart part, String line) {
        List<Difference> differences = new ArrayList<>();
        List<String> given = new ArrayList<>();
        for (String id : call.files()) {
            Producer producer = producers.get(id);
            given.add(producer == null ? id : producer.call().name());
            problem(producer)
                    .ifPresent(p -> differences.add(Difference.of(
                            line,
                            "worker '" + call.name() + "' is given the files of " + given.get(given.size() - 1) + p)));
        }
        if (part.files() != null && !part.files().equals(given)) {
            differences.add(new Difference(
                    line,
                    "worker '" + call.name() + "' is given the files of others than " + file + ":" + part.line()
                            + " says",
                    "files: " + part.files(),
                    "files: " + given));
        }
        return differences;
    }

    private Optional<String> problem(Producer producer) {
        if (producer == null) {
            return Optional.of(", which is no worker of this orchestration");
        }
        String job = producer.call().job();
        if (check.contract(producer.call()).filter(c -> c.produces().isEmpty()).isPresent()) {
            return Optional.of(
                    ", and " + job + " produces none; say which in its job.yaml, as in produces: [build/**]");
        }
        return producer.answer().produces() != null
                        && producer.answer().produces().isEmpty()
                ? Optional.of(", which produces none in this rehearsal")
                : Optional.empty();
    }

    /** What an answer says to be produced, and its worker's contract does not; nothing if all is as it must be. */
    static Optional<String> problem(Answer answer, Contract contract) {
        if (answer.produces() == null) {
            return Optional.empty();
        }
        return answer.produces().stream()
                .filter(name -> contract.produces().stream()
                        .noneMatch(p -> FilePattern.of(p).matches(name)))
                .findFirst()
                .map(name -> "cannot produce " + name + ": its job.yaml says produces: " + contract.produces());
    }

    private record Producer(WorkerCall call, Answer answer) {}
}
