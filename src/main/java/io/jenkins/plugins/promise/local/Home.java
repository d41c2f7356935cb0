package io.jenkins.plugins.promise.local;

import io.jenkins.plugins.promise.callback.SigningKey;
import io.jenkins.plugins.promise.ledger.ControllerIdentity;
import io.jenkins.plugins.promise.ledger.DurableFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;

/**
 * The local controller's folder:
 *
 * <pre>
 * ledger/                 the promises
 * deployed/{version}/     the versions, and versions.json
 * runs/{promise}/         log, workspace/ and, of an orchestration that waits, program
 * operator-token          who has it may do everything
 * signing-keys            one key a line; new messages are signed with all of them
 * seal-key                what secrets in the ledger are sealed with
 * controller-id           what other controllers of a farm tell this home by
 * controller.json         where the controller that runs now is reached
 * </pre>
 */
final class Home {
    private static final int TOKEN_BYTES = 24;
    private static final int SEAL_KEY_BYTES = 32;

    private final Path folder;

    private Home(Path folder) {
        this.folder = folder;
    }

    static Home open(Path folder) throws IOException {
        Files.createDirectories(folder);
        Home home = new Home(folder.toRealPath());
        restrict(home.folder, "rwx------");
        Files.createDirectories(home.runs());
        return home;
    }

    Path folder() {
        return folder;
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

    Path workspace(String promiseId) {
        return run(promiseId).resolve("workspace");
    }

    Path program(String promiseId) {
        return run(promiseId).resolve("program");
    }

    /** What the controllers of a farm tell this home by; the same for all its runs. */
    String id() throws IOException {
        return ControllerIdentity.home(folder);
    }

    Path controllerFile() {
        return folder.resolve("controller.json");
    }

    String operatorToken() throws IOException {
        return secret("operator-token", TOKEN_BYTES);
    }

    byte[] sealKey() throws IOException {
        return Base64.getUrlDecoder().decode(secret("seal-key", SEAL_KEY_BYTES));
    }

    List<SigningKey> signingKeys() throws IOException {
        Path file = folder.resolve("signing-keys");
        if (!Files.exists(file)) {
            writeSecret(file, SigningKey.generate().text() + "\n");
        }
        try {
            return Files.readAllLines(file).stream()
                    .filter(line -> !line.isBlank())
                    .map(SigningKey::parse)
                    .toList();
        } catch (IllegalArgumentException e) {
            throw new IOException(file + ": " + e.getMessage(), e);
        }
    }

    private String secret(String name, int bytes) throws IOException {
        Path file = folder.resolve(name);
        if (!Files.exists(file)) {
            byte[] random = new byte[bytes];
            new SecureRandom().nextBytes(random);
            writeSecret(file, Base64.getUrlEncoder().withoutPadding().encodeToString(random) + "\n");
        }
        return Files.readString(file).trim();
    }

    private static void writeSecret(Path file, String text) throws IOException {
        DurableFiles.write(file, text.getBytes(StandardCharsets.UTF_8));
        restrict(file, "rw-------");
    }

    private static void restrict(Path path, String permissions) throws IOException {
        if (path.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
        }
    }
}
