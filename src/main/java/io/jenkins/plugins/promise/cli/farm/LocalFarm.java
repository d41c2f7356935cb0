package io.jenkins.plugins.promise.cli.farm;

import com.google.common.base.Splitter;
import io.jenkins.plugins.promise.cli.CommandFailure;
import io.jenkins.plugins.promise.cli.ControllerClient;
import io.jenkins.plugins.promise.cli.ExitCode;
import io.jenkins.plugins.promise.cli.PromiseCommand;
import io.jenkins.plugins.promise.farm.Farm;
import io.jenkins.plugins.promise.farm.ServeOptions;
import io.jenkins.plugins.promise.farm.local.FarmFolder;
import io.jenkins.plugins.promise.farm.local.Running;
import io.jenkins.plugins.promise.farm.local.SecretFiles;
import io.jenkins.plugins.promise.farm.local.Wanted;
import io.jenkins.plugins.promise.local.home.HomeSecrets;
import io.jenkins.plugins.promise.local.worker.RunMark;
import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** A farm as processes of this machine, and what is asked of them. */
final class LocalFarm {
    private static final Duration UP_WITHIN = Duration.ofSeconds(90);
    private static final Duration DOWN_WITHIN = Duration.ofSeconds(90);
    private static final Duration ANSWERS_WITHIN = Duration.ofSeconds(2);
    private static final int ENDS_OFTEN = 3;
    private static final long LOOKS_EVERY_MILLIS = 100;

    private final Farm farm;
    private final FarmFolder folder;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(ANSWERS_WITHIN).build();

    LocalFarm(Farm farm, FarmFolder folder) {
        this.farm = farm;
        this.folder = folder;
    }

    /** What the file says is to run. */
    Wanted wanted() throws IOException {
        List<String> command = java("-XX:MaxRAMPercentage=50");
        command.addAll(List.of("serve", "--replace"));
        command.addAll(new ServeOptions(farm)
                .at(
                        farm.address().getHost(),
                        farm.address().getPort(),
                        folder.home().toString()));
        return new Wanted(
                farm.name(),
                farm.address().toString().replaceFirst("/+$", ""),
                command,
                new SecretFiles(folder.secrets()).files(farm.security().tokens()),
                Instant.now());
    }

    /** This program in another process: the same classes. */
    private static List<String> java(String option) {
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
        return command;
    }

    /** Starts the supervisor, if none is there, and waits until what is wanted answers. */
    void bring(Wanted wanted) throws IOException, InterruptedException {
        int restarts = folder.running().map(Running::restarts).orElse(0);
        folder.want(wanted);
        if (!folder.supervised()) {
            List<String> command = java("-Xmx48m");
            command.addAll(List.of("farm", "supervise", folder.folder().toString()));
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
        Instant last = Instant.now().plus(UP_WITHIN);
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
                        "nothing answers at " + farm.address() + " after " + UP_WITHIN.toSeconds() + " s; see "
                                + folder.controllerLog() + " and " + folder.supervisorLog());
            }
            Thread.sleep(LOOKS_EVERY_MILLIS);
        }
    }

    /** What the controller has said last. */
    private String lastWord() throws IOException {
        List<String> said = Files.readAllLines(folder.controllerLog()).stream()
                .filter(line -> !line.isBlank())
                .toList();
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

    /** Whether anything at all is answered at the address. */
    boolean answers() throws InterruptedException {
        try {
            int status = http.send(
                            HttpRequest.newBuilder(URI.create(farm.address() + "/promises/jobs"))
                                    .timeout(ANSWERS_WITHIN)
                                    .build(),
                            HttpResponse.BodyHandlers.discarding())
                    .statusCode();
            return status < 500;
        } catch (IOException e) {
            return false;
        }
    }

    /** Asks as the operator. */
    ControllerClient client() throws IOException {
        Optional<HomeSecrets> secrets = HomeSecrets.of(folder.home());
        String token = secrets.isPresent() ? secrets.get().readOperatorToken().orElse("") : "";
        return new ControllerClient(farm.address().toString(), "Bearer " + token);
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
        if (after.isPresent() && alive(after.get().controller())) {
            ProcessHandle left = ProcessHandle.of(after.get().controller()).orElseThrow();
            if (left.info()
                    .startInstant()
                    .equals(Optional.ofNullable(after.get().begun()))) {
                end(left.pid());
            }
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
