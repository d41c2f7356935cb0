package io.jenkins.plugins.promise.local.home;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.promise.acceptance.host.CannotOpen;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashSet;
import java.util.Set;
import org.junit.Test;

public class LocalSealerTest {
    private static final int NONCE_START = 5;
    private static final int NONCE_END = 17;

    private final LocalSealer sealer = new LocalSealer(key(1));

    private static byte[] key(int seed) {
        byte[] key = new byte[32];
        Arrays.fill(key, (byte) seed);
        return key;
    }

    @Test
    public void opensWhatItSealed() {
        for (String secret : new String[] {"", "hunter2", "ü€😀\n\0", "x".repeat(100_000)}) {
            assertThat(sealer.open(sealer.seal(secret))).isEqualTo(secret);
            byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
            assertThat(new LocalSealer(key(1)).open(sealer.seal(bytes))).isEqualTo(bytes);
        }
        assertThat(sealer.seal("hunter2")).doesNotContain("hunter2");
    }

    @Test
    public void theNonceIsNeverTheSame() {
        Set<String> nonces = new HashSet<>();
        Set<String> ends = new HashSet<>();
        for (int i = 0; i < 1_000; i++) {
            byte[] sealed = sealer.seal(new byte[] {1, 2, 3});
            nonces.add(Arrays.toString(Arrays.copyOfRange(sealed, NONCE_START, NONCE_END)));
            ends.add(Arrays.toString(Arrays.copyOfRange(sealed, NONCE_END, sealed.length)));
        }

        assertThat(nonces).hasSize(1_000);
        assertThat(ends).hasSize(1_000);
    }

    @Test
    public void tellsAnotherKeyFromDamage() {
        LocalSealer other = new LocalSealer(key(2));
        assertThatThrownBy(() -> other.open(sealer.seal("hunter2")))
                .isInstanceOf(CannotOpen.class)
                .hasMessage("a secret was sealed with the seal-key " + sealer.keyId() + ", and this home has "
                        + other.keyId() + "; put the old seal-key back");

        byte[] sealed = sealer.seal(new byte[] {1, 2, 3});
        for (int i = 0; i < sealed.length; i++) {
            byte[] damaged = sealed.clone();
            damaged[i] ^= 1;
            assertThatThrownBy(() -> sealer.open(damaged)).as("byte " + i).isInstanceOf(CannotOpen.class);
            byte[] cut = Arrays.copyOf(sealed, i);
            assertThatThrownBy(() -> sealer.open(cut))
                    .as("cut at " + i)
                    .isInstanceOf(CannotOpen.class)
                    .hasMessageContaining("damaged");
        }
        assertThatThrownBy(() -> sealer.open("no base64!"))
                .isInstanceOf(CannotOpen.class)
                .hasMessageContaining("base64");
        assertThatThrownBy(() -> sealer.open(Base64.getEncoder().encodeToString(new byte[100])))
                .isInstanceOf(CannotOpen.class)
                .hasMessageContaining("format 1");
    }
}
