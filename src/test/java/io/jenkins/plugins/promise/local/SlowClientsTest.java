package io.jenkins.plugins.promise.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.promise.local.http.RequestLimits;
import io.jenkins.plugins.promise.testing.Controllers;
import io.jenkins.plugins.promise.testing.Eventually;
import io.jenkins.plugins.promise.testing.Http;
import io.jenkins.plugins.promise.testing.SuiteFolder;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** Clients that bring their requests byte by byte, or not at all. */
public class SlowClientsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration SHORT = Duration.ofMillis(500);
    private static final Duration LONG = Duration.ofMinutes(5);
    private static final String FORM = "application/x-www-form-urlencoded";
    private static final String[] AUTH = {"Authorization", "Bearer s3cret"};

    @Rule
    public TemporaryFolder folder = new TemporaryFolder();

    private final List<Socket> sockets = new ArrayList<>();
    private ScheduledExecutorService dribble;
    private LocalController controller;

    @Before
    public void prepare() {
        dribble = Executors.newSingleThreadScheduledExecutor();
    }

    @After
    public void stop() throws IOException {
        dribble.shutdownNow();
        for (Socket socket : sockets) {
            socket.close();
        }
        controller.close();
    }

    private Http start(RequestLimits limits) throws IOException {
        SuiteFolder suite = new SuiteFolder(folder.newFolder().toPath())
                .worker("greet", "true", "inputs: { NAME: { required: true } }", "token: ${GREET_TOKEN}");
        controller = new Controllers(folder.newFolder().toPath())
                .closed()
                .requests(limits)
                .variable("GREET_TOKEN", "s3cret")
                .start(suite);
        return new Http(controller.url());
    }

    private Socket send(String text) throws IOException {
        int port = Integer.parseInt(controller.url().replaceAll(".*:", ""));
        Socket socket = new Socket("127.0.0.1", port);
        socket.setSoTimeout((int) PATIENCE.toMillis());
        sockets.add(socket);
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().flush();
        return socket;
    }

    private static String post(String type, String... headers) {
        return post(1_000, type, headers);
    }

    private static String post(int length, String type, String... headers) {
        return "POST /promises/submit/greet HTTP/1.1\r\nHost: x\r\nContent-Type: " + type + "\r\nContent-Length: "
                + length + "\r\n" + String.join("", headers) + "\r\n";
    }

    /** Goes on with a byte now and then; what is closed already is not complained about. */
    private void dribble(List<Socket> slow) {
        var unused = dribble.scheduleWithFixedDelay(
                () -> slow.forEach(s -> {
                    try {
                        s.getOutputStream().write('a');
                    } catch (IOException e) {
                        // It was closed, as it should be.
                    }
                }),
                20,
                20,
                TimeUnit.MILLISECONDS);
    }

    private static String answer(Socket socket) throws IOException {
        try {
            return new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII);
        } catch (SocketException e) {
            return "";
        }
    }

    @Test
    public void threeHundredSlowBodiesWithoutATokenStopNobodyElse() throws Exception {
        Http http = start(new RequestLimits(16, LONG, LONG, LONG, 1 << 16, 1_000));
        List<Socket> slow = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            slow.add(send(post(60_000, FORM) + "NAME="));
        }
        dribble(slow);

        for (int i = 0; i < 20; i++) {
            assertThat(http.form("/promises/submit/greet", "NAME=ann", AUTH).status())
                    .isEqualTo(201);
            assertThat(http.form("/promises/submit/greet", "NAME=ann&token=s3cret")
                            .status())
                    .isEqualTo(201);
        }
    }

    @Test
    public void formsThatHoldTheirTokensHaveASizeAndABoundedNumber() throws Exception {
        Http http = start(new RequestLimits(16, LONG, LONG, LONG, 1_000, 1));
        List<Socket> slow = new ArrayList<>();

        Eventually.until("the second is refused", PATIENCE, () -> {
            // One that comes while a form has the place is turned away itself.
            slow.add(send(post(FORM) + "NAME="));
            Http.Answer second = http.form("/promises/submit/greet", "NAME=ann&token=s3cret");
            return second.status() == 503 && second.body().contains("Authorization: Bearer TOKEN");
        });
        assertThat(http.form("/promises/submit/greet", "NAME=" + "a".repeat(2_000))
                        .status())
                .isEqualTo(413);
        assertThat(http.form("/promises/submit/greet", "NAME=ann", AUTH).status())
                .isEqualTo(201);
        for (Socket one : slow) {
            one.close();
        }
        Eventually.until(
                "its place is free again",
                PATIENCE,
                () -> http.form("/promises/submit/greet", "NAME=ann&token=s3cret")
                                .status()
                        == 201);
    }

    @Test
    public void aFormThatHoldsItsTokenAndDribblesIsEndedInTime() throws Exception {
        Http http = start(new RequestLimits(16, LONG, LONG, SHORT, 1_000, 1));
        Socket slow = send(post(FORM) + "NAME=");
        dribble(List.of(slow));

        assertThat(answer(slow)).isEqualTo("HTTP/1.1 408");

        assertThat(http.form("/promises/submit/greet", "NAME=ann&token=s3cret").status())
                .isEqualTo(201);
    }

    @Test
    public void theTokenIsAskedBeforeABodyIsRead() throws Exception {
        start(new RequestLimits(16, LONG, LONG, LONG, 1 << 16, 1_000));

        // One byte of a body of a thousand: the server waits for the first before it looks at a request.
        assertThat(answer(send(post("application/json") + "{"))).isEqualTo("HTTP/1.1 401");
        assertThat(answer(send(post(FORM, "Authorization: Bearer wrong\r\n") + "N")))
                .isEqualTo("HTTP/1.1 403");
        assertThat(answer(send("POST /promises/deploy HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\nP")))
                .isEqualTo("HTTP/1.1 401");
    }

    @Test
    public void aBodyThatDribblesIsEndedInTimeAlsoWithAToken() throws Exception {
        start(new RequestLimits(16, LONG, SHORT, LONG, 1 << 16, 1_000));
        Socket slow = send(post("application/json", "Authorization: Bearer s3cret\r\n") + "{");
        dribble(List.of(slow));

        String answer = answer(slow);

        assertThat(answer).isEqualTo("HTTP/1.1 408");
    }

    @Test
    public void headersThatDribbleAreEndedInTime() throws Exception {
        Http http = start(new RequestLimits(16, SHORT, LONG, LONG, 1 << 16, 1_000));
        Socket first = send("GET /promises HTTP/1.1\r\nX-Slow: ");
        Socket second = send("GET /promises HTTP/1.1\r\nHost: x\r\n\r\n");
        assertThat(answer(second)).isEqualTo("HTTP/1.1 401");
        dribble(List.of(first, second));

        for (Socket socket : List.of(first, second)) {
            // Whatever is left of the first answer, and then the end.
            Eventually.until("it is closed", PATIENCE, () -> answer(socket).isEmpty());
        }
        assertThat(http.form("/promises/submit/greet", "NAME=ann", AUTH).status())
                .isEqualTo(201);
    }
}
