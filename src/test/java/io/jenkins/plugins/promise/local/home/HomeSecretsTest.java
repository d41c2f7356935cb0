package io.jenkins.plugins.promise.local.home;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.promise.testing.ForcedFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

public class HomeSecretsTest {
    @Rule
    public TemporaryFolder folder = new TemporaryFolder();

    private Path home;

    @Before
    public void prepare() throws IOException {
        home = folder.newFolder().toPath();
    }

    private static List<Path> folders(Path home) throws IOException {
        try (Stream<Path> all = Files.list(home)) {
            return all.toList();
        }
    }

    @Test
    public void lieWhereNoLinkCanGuess() throws Exception {
        HomeSecrets secrets = HomeSecrets.open(home);
        secrets.operatorToken();
        secrets.sealKey();
        secrets.signingKeys();

        assertThat(folders(home)).hasSize(1);
        String name = folders(home).get(0).getFileName().toString();
        assertThat(name).matches("secrets-[A-Za-z0-9_-]{22}");
        Path other = folder.newFolder().toPath();
        HomeSecrets.open(other);
        assertThat(folders(other).get(0).getFileName().toString()).isNotEqualTo(name);
    }

    @Test
    public void areNobodyElses() throws Exception {
        HomeSecrets secrets = HomeSecrets.open(home);
        assertThat(secrets.hasSealKey()).isFalse();
        secrets.operatorToken();
        secrets.sealKey();
        secrets.signingKeys();
        assertThat(secrets.hasSealKey()).isTrue();

        assertThat(PosixFilePermissions.toString(
                        Files.getPosixFilePermissions(folders(home).get(0))))
                .isEqualTo("rwx------");
        List<Path> files = folders(folders(home).get(0));
        assertThat(files)
                .extracting(f -> f.getFileName().toString())
                .containsExactlyInAnyOrder("operator-token", "seal-key", "signing-keys");
        for (Path file : files) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .as(file.toString())
                    .isEqualTo("rw-------");
        }
    }

    @Test
    public void areOnTheDiskBeforeAnythingIsSealedOrSignedWithThem() throws Exception {
        Path real = home.toRealPath();
        List<Path> forced = ForcedFiles.during(() -> {
            HomeSecrets secrets = HomeSecrets.open(real);
            secrets.sealKey();
            secrets.signingKeys();
        });

        Path inside = folders(real).get(0);
        assertThat(forced)
                .containsExactly(
                        real, inside.resolve("seal-key.tmp"), inside, inside.resolve("signing-keys.tmp"), inside);
    }

    @Test
    public void areTheSameAfterARestart() throws Exception {
        HomeSecrets first = HomeSecrets.open(home);
        String token = first.operatorToken();
        byte[] key = first.sealKey();

        HomeSecrets again = HomeSecrets.open(home);

        assertThat(again.operatorToken()).isEqualTo(token);
        assertThat(again.sealKey()).isEqualTo(key);
        assertThat(HomeSecrets.of(home).orElseThrow().readOperatorToken()).contains(token);
        assertThat(HomeSecrets.of(home.resolve("nowhere"))).isEmpty();
    }

    @Test
    public void aDamagedSealKeyAndASecondFolderAreNamed() throws Exception {
        HomeSecrets secrets = HomeSecrets.open(home);
        secrets.sealKey();
        Path key = folders(home).get(0).resolve("seal-key");
        for (String damaged : List.of("", "AAAA", "not base64!")) {
            Files.writeString(key, damaged);
            assertThatThrownBy(secrets::sealKey)
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining(key.toString())
                    .hasMessageContaining("restore it");
        }

        Files.createDirectory(home.resolve("secrets-other"));
        assertThatThrownBy(() -> HomeSecrets.open(home))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("secrets-other");
    }
}
