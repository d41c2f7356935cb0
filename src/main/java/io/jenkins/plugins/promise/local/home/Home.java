package io.jenkins.plugins.promise.local.home;

import io.jenkins.plugins.promise.ledger.controllers.ControllerIdentity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * The local controller's folder:
 *
 * <pre>
 * ledger/                 the promises, and what is deployed
 * deployed/{version}/     the files of versions, made from the ledger
 * runs/{promise}/         log and, of an orchestration that waits, program
 * files/{promise}/        what workers have produced for others
 * clones/{repository}/    of the components that are watched; they may be lost
 * workspaces/{promise}/   where workers run, and what some that failed have left
 * secrets-…/              see {@link HomeSecrets}
 * controller-id           what other controllers of a farm tell this home by
 * controller.json         where the controller that runs now is reached
 * </pre>
 */
public final class Home {
    private final Path folder;
    private final HomeSecrets secrets;

    private Home(Path folder, HomeSecrets secrets) {
        this.folder = folder;
        this.secrets = secrets;
    }

    /**
     * Opens a home, making it if it is not there, for its user only.
     *
     * @throws IOException if it cannot be used, saying why and what to do
     */
    public static Home open(Path folder) throws IOException {
        Files.createDirectories(folder);
        Path real = folder.toRealPath();
        if (!real.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            throw new IOException("a local controller runs on Linux and macOS; on Windows use the Windows Subsystem for"
                    + " Linux: " + real + " is on a file system without Unix permissions");
        }
        Files.setPosixFilePermissions(real, PosixFilePermissions.fromString("rwx------"));
        Home home = new Home(real, HomeSecrets.open(real));
        Files.createDirectories(home.runs());
        return home;
    }

    /** The home itself, without symbolic links. */
    public Path folder() {
        return folder;
    }

    /** The keys and the operator's token. */
    public HomeSecrets secrets() {
        return secrets;
    }

    /** Where an embedded ledger is kept; it need not be there. */
    public Path ledger() {
        return folder.resolve("ledger");
    }

    /** Where the files of versions are brought to; it may be lost. */
    public Path deployed() {
        return folder.resolve("deployed");
    }

    Path runs() {
        return folder.resolve("runs");
    }

    /** The folder of what is written while a promise is built; it need not be there. */
    public Path run(String promiseId) {
        return runs().resolve(promiseId);
    }

    /** A promise's log; it need not be there. */
    public Path log(String promiseId) {
        return run(promiseId).resolve("log");
    }

    /** The state of an orchestration that waits; it need not be there. */
    public Path program(String promiseId) {
        return run(promiseId).resolve("program");
    }

    /** Is there while an orchestration's script runs, and after a controller that ended meanwhile. */
    public Path scriptRuns(String promiseId) {
        return run(promiseId).resolve("script-runs");
    }

    /** Where workers run; it need not be there. */
    public Path workspaces() {
        return folder.resolve("workspaces");
    }

    /** Where the files that workers produce are kept; it need not be there. */
    public Path files() {
        return folder.resolve("files");
    }

    /** Where the repositories of watched components are cloned to; it may be lost. */
    public Path clones() {
        return folder.resolve("clones");
    }

    /** What the controllers of a farm tell this home by; the same for all its runs. */
    public String id() throws IOException {
        return ControllerIdentity.home(folder);
    }

    /** Where the controller that runs now is reached; not there while none does. */
    public Path controllerFile() {
        return folder.resolve("controller.json");
    }
}
