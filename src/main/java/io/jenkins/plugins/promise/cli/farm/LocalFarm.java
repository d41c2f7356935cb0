package io.jenkins.plugins.promise.cli.farm;

import io.jenkins.plugins.promise.cli.CommandFailure;
import io.jenkins.plugins.promise.cli.ControllerClient;
import io.jenkins.plugins.promise.cli.ExitCode;
import io.jenkins.plugins.promise.farm.Farm;
import io.jenkins.plugins.promise.farm.local.ControllerAddress;
import io.jenkins.plugins.promise.farm.local.FarmFolder;
import io.jenkins.plugins.promise.farm.local.FarmProcess;
import io.jenkins.plugins.promise.farm.local.JenkinsFiles;
import io.jenkins.plugins.promise.farm.local.Running;
import io.jenkins.plugins.promise.farm.local.Wanted;
import io.jenkins.plugins.promise.local.home.HomeSecrets;
import io.jenkins.plugins.promise.local.worker.RunMark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A farm as processes of this machine, and what is asked of them. */
final class LocalFarm {
    /** A supervisor gives up first, and says why. */
    private static final Duration MORE = Duration.ofSeconds(30);

    private static final Duration ATTACHED_WITHIN = Duration.ofMinutes(2);
    private static final Duration DOWN_WITHIN = Duration.ofSeconds(90);
    private static final int ENDS_OFTEN = 3;
    private static final long LOOKS_EVERY_MILLIS = 100;

    private final Farm farm;
    private final FarmFolder folder;
    private final ControllerAddress address;

    LocalFarm(Farm farm, FarmFolder folder) {
        this.farm = farm;
        this.folder = folder;
        this.address = new ControllerAddress(farm.url());
    }

    /** Starts the supervisor, if none is there, and waits until what is wanted answers. */
    void bring(Wanted wanted) throws IOException, InterruptedException {
        int restarts =
                folder.supervised() ? folder.running().map(Running::restarts).orElse(0) : 0;
        folder.want(wanted);
        if (!folder.supervised()) {
            List<String> command = new ThisProgram("-Xmx48m")
                    .command(List.of("farm", "supervise", folder.folder().toString()));
            Path setsid = Path.of("/usr/bin/setsid");
            if (Files.isExecutable(setsid)) {
                // What ends the terminal ends all that it started, but not this.
                command.add(0, setsid.toString());
            }
            // One that a worker brings up is no part of the worker's run, which ends all that it leaves.
            command.addAll(0, RunMark.outlive());
            new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectInput(
                            ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(
                            folder.supervisorLog().toFile()))
                    .start();
        }
        Duration patience = wanted.comesUpWithin().plus(MORE);
        Instant last = Instant.now().plus(patience);
        while (!(runs(wanted) && answers())) {
            Optional<Running> running = folder.running();
            if (running.isPresent() && wanted.asked().equals(running.get().refused())) {
                throw new CommandFailure(ExitCode.FAILURE, running.get().trouble() + ": " + lastWord());
            }
            if (running.isPresent()
                    && running.get().runs(wanted)
                    && running.get().restarts() - restarts >= ENDS_OFTEN) {
                throw new CommandFailure(ExitCode.FAILURE, "the controller does not come up: " + lastWord());
            }
            if (Instant.now().isAfter(last)) {
                throw new CommandFailure(
                        ExitCode.UNREACHABLE,
                        "nothing answers at " + farm.address() + " after " + patience.toSeconds() + " s; see "
                                + folder.controllerLog() + " and " + folder.supervisorLog());
            }
            Thread.sleep(LOOKS_EVERY_MILLIS);
        }
    }

    private String lastWord() throws IOException {
        return lastWord(folder.controllerLog());
    }

    /** What was said last in a log. */
    private static String lastWord(Path log) throws IOException {
        List<String> said =
                Files.readAllLines(log).stream().filter(line -> !line.isBlank()).toList();
        return said.isEmpty() ? "it says nothing" : said.get(said.size() - 1);
    }

    private boolean runs(Wanted wanted) throws IOException {
        Optional<Running> running = folder.running();
        return folder.supervised()
                && running.isPresent()
                && running.get().runs(wanted)
                && alive(running.get().supervisor())
                && alive(running.get().controller());
    }

    /** Whether a controller of this farm runs, also one whose supervisor was killed. */
    boolean runs() throws IOException {
        Optional<Running> running = folder.running();
        return running.isPresent() && alive(running.get().controller());
    }

    static boolean alive(long pid) {
        return pid > 0 && ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
    }

    /** Whether something answers at the address that has started. */
    boolean answers() throws InterruptedException {
        return address.ready();
    }

    /** Whether its own controller runs and answers where the file says; another's may answer there. */
    boolean up() throws IOException, InterruptedException {
        Optional<Running> running = folder.running();
        return running.isPresent()
                && alive(running.get().controller())
                && running.get().what() != null
                && running.get().what().address().equals(farm.url())
                && answers();
    }

    /** Asks as the operator, or as the first of a Jenkins' admins. */
    ControllerClient client() throws IOException, InterruptedException {
        if (farm.jenkins()) {
            return session().client();
        }
        Optional<HomeSecrets> secrets = HomeSecrets.of(folder.home());
        String token = secrets.isPresent() ? secrets.get().readOperatorToken().orElse("") : "";
        return new ControllerClient(farm.address().toString(), "Bearer " + token);
    }

    private JenkinsSession session() throws IOException, InterruptedException {
        String admin = farm.security().admins().get(0);
        if (!Files.exists(JenkinsFiles.password(folder, admin))) {
            throw new CommandFailure(
                    ExitCode.FAILURE,
                    "the Jenkins that runs knows no admin " + admin + " yet: bring the farm up as the file says first");
        }
        return JenkinsSession.begin(
                farm.url(),
                admin,
                Files.readString(JenkinsFiles.password(folder, admin)).strip());
    }

    /** The agents that are wanted and not attached. */
    List<String> missing(Wanted wanted) throws IOException, InterruptedException {
        return wanted.agents().isEmpty() ? List.of() : session().missing(names(wanted));
    }

    private static List<String> names(Wanted wanted) {
        return wanted.agents().stream().map(Wanted.Agent::name).toList();
    }

    /** Waits until all agents are attached. */
    void attached(Wanted wanted) throws IOException, InterruptedException {
        if (wanted.agents().isEmpty()) {
            return;
        }
        Instant last = Instant.now().plus(ATTACHED_WITHIN);
        JenkinsSession session = session();
        List<String> missing = session.missing(names(wanted));
        while (!missing.isEmpty()) {
            if (Instant.now().isAfter(last)) {
                throw new CommandFailure(
                        ExitCode.FAILURE,
                        "the agent " + missing.get(0) + " does not attach itself: "
                                + lastWord(folder.agentLog(missing.get(0))));
            }
            Thread.sleep(LOOKS_EVERY_MILLIS);
            missing = session.missing(names(wanted));
        }
    }

    /** Stops the supervisor, which stops the controller; also what one that was killed has left. */
    void stop() throws IOException, InterruptedException {
        Optional<Running> running = folder.running();
        if (running.isEmpty()) {
            return;
        }
        if (folder.supervised()) {
            end(running.get().supervisor());
        }
        Optional<Running> after = folder.running();
        if (after.isPresent()) {
            endLeft(after.get().controller(), after.get().begun());
            for (Running.Agent agent : after.get().agents()) {
                endLeft(agent.process(), agent.begun());
            }
        }
    }

    /** One that a supervisor which was killed has left. */
    private static void endLeft(long pid, Instant begun) throws InterruptedException {
        if (FarmProcess.left(pid, begun).isPresent()) {
            end(pid);
        }
    }

    private static void end(long pid) throws InterruptedException {
        Optional<ProcessHandle> process = ProcessHandle.of(pid);
        process.ifPresent(ProcessHandle::destroy);
        Instant last = Instant.now().plus(DOWN_WITHIN);
        while (process.isPresent() && process.get().isAlive()) {
            if (Instant.now().isAfter(last)) {
                throw new CommandFailure(ExitCode.UNREACHABLE, "the process " + pid + " does not end");
            }
            Thread.sleep(LOOKS_EVERY_MILLIS);
        }
    }
}
