package io.jenkins.plugins.promise.local.home;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.promise.acceptance.host.CannotOpen;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.InvalidAlgorithmParameterException;
import java.security.InvalidKeyException;
import java.security.Key;
import java.security.Provider;
import java.security.Security;
import java.security.spec.AlgorithmParameterSpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashSet;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.MacSpi;
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

    @Test
    public void aMacThatCannotBeCopiedIsMadeAnew() {
        String fingerprint = sealer.fingerprint("hunter2");
        Provider tokens = new Provider("Tokens", "1", "as one of PKCS #11") {
            private static final long serialVersionUID = 1;
        };
        tokens.put("Mac.HmacSHA256", Uncopied.class.getName());
        Security.insertProviderAt(tokens, 1);
        try {
            LocalSealer other = new LocalSealer(key(1));
            assertThat(other.fingerprint("hunter2")).isEqualTo(fingerprint);
            assertThat(other.open(sealer.seal("hunter2"))).isEqualTo("hunter2");
        } finally {
            Security.removeProvider("Tokens");
        }
    }

    /** No {@link Cloneable}. */
    public static final class Uncopied extends MacSpi {
        private final Mac mac;

        public Uncopied() throws GeneralSecurityException {
            mac = Mac.getInstance("HmacSHA256", "SunJCE");
        }

        @Override
        protected int engineGetMacLength() {
            return mac.getMacLength();
        }

        @Override
        protected void engineInit(Key key, AlgorithmParameterSpec parameters)
                throws InvalidKeyException, InvalidAlgorithmParameterException {
            mac.init(key, parameters);
        }

        @Override
        protected void engineUpdate(byte input) {
            mac.update(input);
        }

        @Override
        protected void engineUpdate(byte[] input, int offset, int length) {
            mac.update(input, offset, length);
        }

        @Override
        protected byte[] engineDoFinal() {
            return mac.doFinal();
        }

        @Override
        protected void engineReset() {
            mac.reset();
        }
    }
}
