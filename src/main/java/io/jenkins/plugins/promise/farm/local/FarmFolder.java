package io.jenkins.plugins.promise.farm.local;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.promise.contract.json.Json;
import io.jenkins.plugins.promise.ledger.database.DurableFiles;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The folder of a farm on this machine:
 *
 * <pre>
 * home/              the controller's home; the next controller takes it over
 * secrets/           the values of secrets that the file names, a file each
 * suites/            suites at the commits that the file names, and suites made of components
 * rendered/          of a Jenkins: what its processes are started from, a folder for each state of the farm file
 * mirror/            of a Jenkins: the jenkins.war
 * agents/            of a Jenkins: a folder and a log for each agent
 * jenkins.json       of a Jenkins: where its jenkins.war and its plugins were found
 * wanted.json        what is to run
 * running.json       what runs
 * controller.log, supervisor.log
 * lock               held by the supervisor
 * </pre>
 */
public final class FarmFolder {
    private static final String LOCK = "lock";

    private final Path folder;

    /** That folder; it need not be there. */
    public FarmFolder(Path folder) {
        this.folder = folder.toAbsolutePath().normalize();
    }

    /** Whether it is one of a farm, and nobody's else. */
    public boolean ours() {
        return Files.exists(folder.resolve("wanted.json")) || Files.exists(folder.resolve(LOCK));
    }

    /** Whether nothing is in it, or it is not there. */
    public boolean empty() throws IOException {
        if (!Files.exists(folder)) {
            return true;
        }
        try (Stream<Path> all = Files.list(folder)) {
            return all.findAny().isEmpty();
        }
    }

    /**
     * Makes it, for its user only.
     *
     * @throws IOException if something else is in it
     */
    public void make() throws IOException {
        if (!ours() && !empty()) {
            throw new IOException(folder + " has other things in it than a farm: name another one");
        }
        Files.createDirectories(folder);
        Files.write(folder.resolve(LOCK), new byte[0], StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
        Files.createDirectories(secrets());
        Files.createDirectories(suites());
    }

    /** The folder itself. */
    public Path folder() {
        return folder;
    }

    /** The controller's home. */
    public Path home() {
        return folder.resolve("home");
    }

    /** The values of secrets. */
    public Path secrets() {
        return folder.resolve("secrets");
    }

    /** Suites that are made for the farm. */
    public Path suites() {
        return folder.resolve("suites");
    }

    /** What the controller writes. */
    public Path controllerLog() {
        return folder.resolve("controller.log");
    }

    /** What an agent writes. */
    public Path agentLog(String agent) {
        return folder.resolve("agents").resolve(agent + ".log");
    }

    /** What the supervisor writes. */
    public Path supervisorLog() {
        return folder.resolve("supervisor.log");
    }

    /** What is to run; nothing before the first {@code up}. */
    public Optional<Wanted> wanted() throws IOException {
        return read("wanted.json", Wanted.class);
    }

    /** Says what is to run. */
    public void want(Wanted wanted) throws IOException {
        DurableFiles.write(folder.resolve("wanted.json"), Json.mapper().writeValueAsBytes(wanted));
    }

    /** What the supervisor said last; it may be gone. */
    public Optional<Running> running() throws IOException {
        return read("running.json", Running.class);
    }

    void running(Running running) throws IOException {
        DurableFiles.write(folder.resolve("running.json"), Json.mapper().writeValueAsBytes(running));
    }

    /** Whether the controller that runs can hand over to the next one. */
    boolean handsOver() {
        return Files.exists(home().resolve("handover"));
    }

    /** The process that says that it answers for the home; nothing while none does. */
    Optional<Long> announced() throws IOException {
        return read("home/controller.json", JsonNode.class)
                .map(c -> c.path("pid").asLong());
    }

    /** Where the farm's Jenkins was found last; nothing if it never was. */
    public Optional<JenkinsParts> parts() throws IOException {
        return read("jenkins.json", JenkinsParts.class);
    }

    /** Keeps in mind where the farm's Jenkins was found. */
    void parts(JenkinsParts parts) throws IOException {
        DurableFiles.write(folder.resolve("jenkins.json"), Json.mapper().writeValueAsBytes(parts));
    }

    private <T> Optional<T> read(String name, Class<T> type) throws IOException {
        Path file = folder.resolve(name);
        try {
            return Optional.of(Json.mapper().readValue(Files.readAllBytes(file), type));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (JsonProcessingException e) {
            throw new IOException(file + ": " + Json.told(e), e);
        }
    }

    /** Takes the supervisor's place; nothing while another has it. */
    Optional<FileLock> lock() throws IOException {
        FileChannel channel =
                FileChannel.open(folder.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            FileLock lock = channel.tryLock();
            if (lock == null) {
                channel.close();
            }
            return Optional.ofNullable(lock);
        } catch (OverlappingFileLockException e) {
            channel.close();
            return Optional.empty();
        }
    }

    /** Whether a supervisor has its place. */
    public boolean supervised() throws IOException {
        if (!Files.isDirectory(folder)) {
            return false;
        }
        Optional<FileLock> lock = lock();
        if (lock.isPresent()) {
            lock.get().acquiredBy().close();
        }
        return lock.isEmpty();
    }
}
