package io.jenkins.plugins.promise.local.orchestration;

import io.jenkins.plugins.promise.acceptance.WaitsFor;
import io.jenkins.plugins.promise.engine.Program;
import io.jenkins.plugins.promise.ledger.promise.Promise;
import io.jenkins.plugins.promise.local.worker.RunLog;
import java.util.Optional;

/** One run of an orchestration: its program, and the promises of its workers. */
final class OrchestrationRun {
    private final Program program;
    private final OrchestrationHost host;
    private final SavedProgram saved;
    private final RunLog log;
    private final ProgramLane lane;

    OrchestrationRun(Program program, OrchestrationHost host, SavedProgram saved, RunLog log, ProgramLane lane) {
        this.program = program;
        this.host = host;
        this.saved = saved;
        this.log = log;
        this.lane = lane;
    }

    /** Starts the script, or goes on where it was saved; on its lane. */
    void start() {
        program.start();
    }

    /** Goes on after one of its workers. */
    void workerSettled(Promise worker) {
        lane.execute(() -> host.workerSettled(worker));
    }

    /** Something may have changed in an environment that it waits for. */
    void look() {
        host.look();
    }

    /** What it waits for of an environment; nothing if it does not. */
    Optional<WaitsFor> waitsFor() {
        return host.waitsFor();
    }

    /** Ends the script where it is; its state stays for the next start. */
    void stop() {
        program.stop();
        host.survived();
        log.close();
    }

    /** Ends the script for good. It may be called by any thread, also while the script starts. */
    void settled() {
        lane.close();
        host.settled();
        stop();
        saved.delete();
        // It may have been in the middle of a saving.
        lane.execute(saved::delete);
    }
}
