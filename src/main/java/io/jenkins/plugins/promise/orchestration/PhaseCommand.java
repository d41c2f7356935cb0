package io.jenkins.plugins.promise.orchestration;

import java.util.LinkedHashMap;
import java.util.Map;

/** What is to be done next for a phase; {@link PhaseProgress} decides it, a host or a rehearsal does it. */
public sealed interface PhaseCommand {
    /**
     * Call a worker. It is done only while {@link PhaseProgress#waitsFor} still holds for it.
     *
     * @param index the worker's place in its phase, from 0
     * @param call what to call
     * @param attempt from 1
     */
    record Submit(int index, WorkerCall call, int attempt) implements PhaseCommand {}

    /**
     * End a worker that nobody waits for any more.
     *
     * @param index the worker's place in its phase, from 0
     * @param attempt the attempt that is under way, as far as the phase knows
     * @param why for people
     */
    record Cancel(int index, int attempt, String why) implements PhaseCommand {}

    /**
     * Go on with the orchestration; nothing follows.
     *
     * @param results one for each worker, by name, in the order of their declaration
     */
    record End(Map<String, WorkerResult> results) implements PhaseCommand {
        /** Copies what it is given. */
        public End {
            results = new LinkedHashMap<>(results);
        }
    }
}
