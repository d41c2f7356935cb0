package io.jenkins.plugins.promise.local;

import io.jenkins.plugins.promise.ledger.ControllerIdentity;
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
 * workspaces/{promise}/   where workers run, and what some that failed have left
 * secrets-…/              see {@link HomeSecrets}
 * controller-id           what other controllers of a farm tell this home by
 * controller.json         where the controller that runs now is reached
 * </pre>
 */
final class Home {
    private final Path folder;
    private final HomeSecrets secrets;

    private Home(Path folder, HomeSecrets secrets) {
        this.folder = folder;
        this.secrets = secrets;
    }

    static Home open(Path folder) throws IOException {
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

    Path folder() {
        return folder;
    }

    HomeSecrets secrets() {
        return secrets;
    }

    Path ledger() {
        return folder.resolve("ledger");
    }

    Path deployed() {
        return folder.resolve("deployed");
    }

    Path runs() {
        return folder.resolve("runs");
    }

    Path run(String promiseId) {
        return runs().resolve(promiseId);
    }

    Path log(String promiseId) {
        return run(promiseId).resolve("log");
    }

    Path program(String promiseId) {
        return run(promiseId).resolve("program");
    }

    Path workspaces() {
        return folder.resolve("workspaces");
    }

    /** What the controllers of a farm tell this home by; the same for all its runs. */
    String id() throws IOException {
        return ControllerIdentity.home(folder);
    }

    Path controllerFile() {
        return folder.resolve("controller.json");
    }
}
