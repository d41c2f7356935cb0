package io.jenkins.plugins.promise.local.home;

import io.jenkins.plugins.promise.callback.signature.SigningKey;
import io.jenkins.plugins.promise.ledger.database.DurableFiles;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * What a home keeps secret: {@code operator-token}, {@code signing-keys} and {@code seal-key}, in the folder
 * {@code secrets-…} of the home. The rest of that name is random, so that no link in an archive which a worker unpacks
 * can name a way to it.
 */
public final class HomeSecrets {
    private static final String PREFIX = "secrets-";
    private static final String OPERATOR_TOKEN = "operator-token";
    private static final String SIGNING_KEYS = "signing-keys";
    private static final String SEAL_KEY = "seal-key";
    private static final int NAME_BYTES = 16;
    private static final int TOKEN_BYTES = 24;
    private static final int SEAL_KEY_BYTES = 32;

    private final Path folder;

    private HomeSecrets(Path folder) {
        this.folder = folder;
    }

    /** The secrets of a home, for the controller: what is not there is made when it is asked for. */
    static HomeSecrets open(Path home) throws IOException {
        Optional<HomeSecrets> there = of(home);
        if (there.isPresent()) {
            return there.get();
        }
        Path made = home.resolve(PREFIX + random(NAME_BYTES));
        DurableFiles.createSecretFolder(made);
        return new HomeSecrets(made);
    }

    /** The secrets of a home that had a controller; nothing if it had none. */
    public static Optional<HomeSecrets> of(Path home) throws IOException {
        List<Path> found = new ArrayList<>();
        if (Files.isDirectory(home)) {
            try (DirectoryStream<Path> all = Files.newDirectoryStream(home, PREFIX + "*")) {
                all.forEach(found::add);
            }
        }
        if (found.size() > 1) {
            throw new IOException(home + " has several folders " + PREFIX + "*: " + found
                    + "; which one is right? Move the others away");
        }
        return found.stream().findFirst().map(HomeSecrets::new);
    }

    /** The operator's token, if it was made and this user may read it. */
    public Optional<String> readOperatorToken() throws IOException {
        Path file = folder.resolve(OPERATOR_TOKEN);
        return Files.isReadable(file) ? Optional.of(Files.readString(file).trim()) : Optional.empty();
    }

    /** What the home's controller signs with; empty if nothing was made or this user may not read it. */
    public List<String> readSigningKeys() throws IOException {
        Path file = folder.resolve(SIGNING_KEYS);
        return Files.isReadable(file)
                ? Files.readAllLines(file).stream().filter(l -> !l.isBlank()).toList()
                : List.of();
    }

    /** The token that allows everything. */
    public String operatorToken() throws IOException {
        return secret(OPERATOR_TOKEN, TOKEN_BYTES);
    }

    /** Whether there is a key already that secrets may have been sealed with. */
    public boolean hasSealKey() {
        return Files.exists(folder.resolve(SEAL_KEY));
    }

    /** The key that secrets in the ledger are sealed with. */
    public byte[] sealKey() throws IOException {
        Path file = folder.resolve(SEAL_KEY);
        byte[] key;
        try {
            key = Base64.getUrlDecoder().decode(secret(SEAL_KEY, SEAL_KEY_BYTES));
        } catch (IllegalArgumentException e) {
            throw new IOException(damaged(file), e);
        }
        if (key.length != SEAL_KEY_BYTES) {
            throw new IOException(damaged(file));
        }
        return key;
    }

    private static String damaged(Path file) {
        return file + " is not " + SEAL_KEY_BYTES + " bytes in base64; restore it from a backup: without it the secrets"
                + " in the ledger cannot be opened";
    }

    /** What new messages are signed with, one key a line. */
    public List<SigningKey> signingKeys() throws IOException {
        Path file = folder.resolve(SIGNING_KEYS);
        if (!Files.exists(file)) {
            DurableFiles.writeSecret(file, SigningKey.generate().text() + "\n");
        }
        try {
            return readSigningKeys().stream().map(SigningKey::parse).toList();
        } catch (IllegalArgumentException e) {
            throw new IOException(file + ": " + e.getMessage(), e);
        }
    }

    private String secret(String name, int bytes) throws IOException {
        Path file = folder.resolve(name);
        if (!Files.exists(file)) {
            DurableFiles.writeSecret(file, random(bytes) + "\n");
        }
        return Files.readString(file).trim();
    }

    private static String random(int bytes) {
        byte[] random = new byte[bytes];
        new SecureRandom().nextBytes(random);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(random);
    }
}
