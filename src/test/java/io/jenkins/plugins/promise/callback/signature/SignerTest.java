package io.jenkins.plugins.promise.callback.signature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.junit.Test;

public class SignerTest {
    /** The vector that the reference libraries of Standard Webhooks test with. */
    private static final String KEY = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    private static final String ID = "msg_p5jXN8AQM9LWM0D4loKWxJek";
    private static final Instant TIME = Instant.ofEpochSecond(1_614_265_330);
    private static final byte[] BODY = "{\"test\": 2432232314}".getBytes(StandardCharsets.UTF_8);
    private static final String SIGNATURE = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";

    private static final Duration FIVE_MINUTES = Duration.ofMinutes(5);

    private final Signer signer = new Signer(List.of(SigningKey.parse(KEY)));

    @Test
    public void signsAsThePublishedVector() {
        assertThat(signer.sign(ID, TIME, BODY)).isEqualTo(SIGNATURE);
    }

    @Test
    public void signsWithAllKeysDuringRotation() {
        SigningKey next = SigningKey.generate();
        Signer rotating = new Signer(List.of(next, SigningKey.parse(KEY)));

        String signatures = rotating.sign(ID, TIME, BODY);

        assertThat(signatures.split(" ")).hasSize(2);
        assertThat(verify(signer, signatures, TIME)).isTrue();
        assertThat(verify(new Signer(List.of(next)), signatures, TIME)).isTrue();
        assertThat(verify(new Signer(List.of(SigningKey.generate())), signatures, TIME))
                .isFalse();
    }

    @Test
    public void refusesWhatIsForgedOrStale() {
        assertThat(verify(signer, SIGNATURE, TIME)).isTrue();
        assertThat(verify(signer, SIGNATURE, TIME.plusSeconds(300))).isTrue();
        assertThat(verify(signer, SIGNATURE, TIME.minusSeconds(300))).isTrue();
        assertThat(verify(signer, SIGNATURE, TIME.plusSeconds(301))).isFalse();
        assertThat(verify(signer, SIGNATURE, TIME.minusSeconds(301))).isFalse();
        assertThat(verify(signer, SIGNATURE.replace("v1", "v2"), TIME)).isFalse();
        assertThat(verify(signer, "", TIME)).isFalse();
        assertThat(verify(signer, null, TIME)).isFalse();
        assertThat(signer.verify(ID, "soon", SIGNATURE, BODY, TIME, FIVE_MINUTES))
                .isFalse();
        assertThat(signer.verify("msg_other", "1614265330", SIGNATURE, BODY, TIME, FIVE_MINUTES))
                .isFalse();
        assertThat(signer.verify(ID, "1614265330", SIGNATURE, new byte[0], TIME, FIVE_MINUTES))
                .isFalse();
    }

    private static boolean verify(Signer signer, String signatures, Instant now) {
        return signer.verify(ID, Long.toString(TIME.getEpochSecond()), signatures, BODY, now, FIVE_MINUTES);
    }

    @Test
    public void keysSurviveBeingWrittenAndDoNotShow() {
        SigningKey key = SigningKey.generate();

        assertThat(SigningKey.parse(key.text()).text()).isEqualTo(key.text()).startsWith("whsec_");
        assertThat(key.toString()).doesNotContain(key.text().substring(6));
        assertThatThrownBy(() -> SigningKey.parse("whsec_***")).hasMessageContaining("base64");
        for (int bytes : List.of(24, 64)) {
            assertThat(SigningKey.parse(sized(bytes)).text()).isEqualTo(sized(bytes));
        }
        for (int bytes : List.of(0, 3, 23, 65)) {
            assertThatThrownBy(() -> SigningKey.parse(sized(bytes)))
                    .hasMessageContaining("24 to 64 bytes, not " + bytes);
        }
    }

    private static String sized(int bytes) {
        return "whsec_" + Base64.getEncoder().encodeToString(new byte[bytes]);
    }

    @Test
    public void keysThatCannotBeReadDoNotReplaceGoodOnesAndAreToldOnce() {
        List<String> told = new ArrayList<>();
        Handler handler = new Handler() {
            @Override
            public void publish(LogRecord record) {
                told.add(new SimpleFormatter().formatMessage(record));
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        Logger logger = Logger.getLogger(KeyRing.class.getName());
        logger.addHandler(handler);
        logger.setUseParentHandlers(false);
        try {
            AtomicReference<Supplier<List<SigningKey>>> keys = new AtomicReference<>(List::of);
            Signer changing = new Signer(() -> keys.get().get());

            assertThatThrownBy(() -> changing.sign(ID, TIME, BODY))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("nothing can be signed: there is no signing key");
            keys.set(() -> List.of(SigningKey.parse(KEY)));
            assertThat(changing.sign(ID, TIME, BODY)).isEqualTo(SIGNATURE);
            assertThat(changing.problem()).isEmpty();
            keys.set(() -> List.of(SigningKey.parse("whsec_***")));
            assertThat(changing.problem()).as("before anything is signed").isPresent();
            assertThat(changing.sign(ID, TIME, BODY)).isEqualTo(SIGNATURE);
            assertThat(changing.sign(ID, TIME, BODY)).isEqualTo(SIGNATURE);
            assertThat(changing.problem()).hasValueSatisfying(p -> assertThat(p).contains("whsec_ and base64"));
            keys.set(List::of);
            assertThat(changing.sign(ID, TIME, BODY)).isEqualTo(SIGNATURE);
            assertThat(changing.problem()).contains("there is no signing key");
            SigningKey next = SigningKey.generate();
            keys.set(() -> List.of(next));
            assertThat(verify(new Signer(List.of(next)), changing.sign(ID, TIME, BODY), TIME))
                    .isTrue();
            assertThat(changing.problem()).isEmpty();

            assertThat(told)
                    .containsExactly(
                            "there is no signing key; nothing is delivered until there is one",
                            "there are good signing keys again",
                            "the signing keys cannot be read: a signing key must be whsec_ and base64; deliveries are"
                                    + " signed with the keys that were there before",
                            "there is no signing key; deliveries are signed with the keys that were there before",
                            "there are good signing keys again");
        } finally {
            logger.removeHandler(handler);
            logger.setUseParentHandlers(true);
        }
    }
}
