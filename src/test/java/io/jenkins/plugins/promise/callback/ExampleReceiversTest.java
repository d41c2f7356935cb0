package io.jenkins.plugins.promise.callback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.Assume.assumeTrue;

import io.jenkins.plugins.promise.callback.signature.Signer;
import io.jenkins.plugins.promise.callback.signature.SigningKey;
import io.jenkins.plugins.promise.testing.Eventually;
import io.jenkins.plugins.promise.testing.Http;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.junit.runner.RunWith;
import org.junit.runners.Parameterized;
import org.junit.runners.Parameterized.Parameters;

/** The receivers that people copy from the docs. */
@RunWith(Parameterized.class)
public class ExampleReceiversTest {
    private static final Path FOLDER = Path.of("examples", "receivers").toAbsolutePath();
    private static final byte[] BODY = "{\"process\":\"quote-v1-1a2b3c4\",\"status\":\"SUCCESS\",\"reason\":\"größer\"}"
            .getBytes(StandardCharsets.UTF_8);

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private final SigningKey old = SigningKey.generate();
    private final SigningKey key = SigningKey.generate();
    private final Signer signer = new Signer(List.of(key));
    private final String interpreter;
    private final String file;
    private Process process;
    private Path out;
    private Http http;

    public ExampleReceiversTest(String interpreter, String file) {
        this.interpreter = interpreter;
        this.file = file;
    }

    @Parameters(name = "{1}")
    public static List<Object[]> receivers() {
        return List.of(new Object[] {"python3", "receiver.py"}, new Object[] {"node", "receiver.js"}, new Object[] {
            Path.of(System.getProperty("java.home"), "bin", "java").toString(), "Receiver.java"
        });
    }

    @Before
    public void listen() throws Exception {
        assumeTrue("no " + interpreter + " on this machine, so " + file + " was not tried", there());
        out = folder.getRoot().toPath().resolve("out");
        ProcessBuilder builder = new ProcessBuilder(
                        interpreter, FOLDER.resolve(file).toString(), "0")
                .redirectErrorStream(true)
                .redirectOutput(out.toFile());
        builder.environment().put("SIGNING_KEYS", old.text() + " " + key.text());
        process = builder.start();
        Eventually.until(
                file + " listens",
                Duration.ofSeconds(30),
                () -> !process.isAlive() || !printed().isEmpty());
        assertThat(printed()).first().asString().startsWith("Listening on ");
        http = new Http(printed().get(0).substring("Listening on ".length()));
    }

    @After
    public void end() {
        if (process != null) {
            process.destroyForcibly();
        }
    }

    @Test
    public void whatIsGenuineIsTakenOnceHoweverOftenItComes() throws Exception {
        assertThat(post("msg-1", Instant.now(), signer, BODY)).isEqualTo(204);
        assertThat(post("msg-1", Instant.now(), signer, BODY)).isEqualTo(204);
        // As long as the sender has the old key too, it signs with both.
        assertThat(post("msg-2", Instant.now(), new Signer(List.of(old, SigningKey.generate())), BODY))
                .isEqualTo(204);

        Eventually.until("two reports", Duration.ofSeconds(10), () -> printed().size() >= 3);
        assertThat(printed()).hasSize(3);
        assertThat(printed().get(1)).contains("quote-v1-1a2b3c4");
    }

    @Test
    public void aKeyThatIsNoneIsRefusedAtTheStart() throws Exception {
        for (String wrong : List.of("abc", "", "whsec_", "whsec_YWJj", key.text() + " abc")) {
            Path told = folder.newFile().toPath();
            ProcessBuilder builder = new ProcessBuilder(
                            interpreter, FOLDER.resolve(file).toString(), "0")
                    .redirectErrorStream(true)
                    .redirectOutput(told.toFile());
            builder.environment().put("SIGNING_KEYS", wrong);
            Process refused = builder.start();
            try {
                assertThat(refused.waitFor(30, TimeUnit.SECONDS)).as(wrong).isTrue();
                assertThat(refused.exitValue()).as(wrong).isNotZero();
                assertThat(told).content().contains("SIGNING_KEYS: each key is whsec_");
            } finally {
                refused.destroyForcibly();
            }
        }
    }

    @Test
    public void whatIsForgedOrOldOrNotSignedIsTurnedDown() throws Exception {
        Instant now = Instant.now();
        Signer stranger = new Signer(List.of(SigningKey.generate()));
        byte[] changed = new String(BODY, StandardCharsets.UTF_8)
                .replace("SUCCESS", "FAILURE")
                .getBytes(StandardCharsets.UTF_8);

        assertThat(post("msg-1", now, stranger, BODY)).isEqualTo(401);
        assertThat(post("msg-1", now.minusSeconds(600), signer, BODY)).isEqualTo(401);
        assertThat(post("msg-1", now.plusSeconds(600), signer, BODY)).isEqualTo(401);
        assertThat(send("msg-1", now, signer.sign("msg-1", now, BODY), changed)).isEqualTo(401);
        assertThat(send("msg-2", now, signer.sign("msg-1", now, BODY), BODY)).isEqualTo(401);
        assertThat(send("msg-1", now, "v1,", BODY)).isEqualTo(401);
        assertThat(http.post("/", "application/json", BODY).status()).isEqualTo(401);
        assertThat(printed()).hasSize(1);
    }

    private int post(String id, Instant now, Signer with, byte[] body) throws Exception {
        return send(id, now, with.sign(id, now, body), body);
    }

    private int send(String id, Instant now, String signature, byte[] body) throws Exception {
        return http.post(
                        "/reports",
                        "application/json",
                        body,
                        "webhook-id",
                        id,
                        "webhook-timestamp",
                        Long.toString(now.getEpochSecond()),
                        "webhook-signature",
                        signature)
                .status();
    }

    private List<String> printed() throws IOException {
        // Without the line that is still being written.
        String text = Files.readString(out);
        return new ArrayList<>(
                text.substring(0, text.lastIndexOf('\n') + 1).lines().toList());
    }

    private boolean there() throws InterruptedException {
        try {
            return new ProcessBuilder(interpreter, "--version")
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        }
    }
}
