package io.jenkins.plugins.promise.cli.promise;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.promise.contract.json.Json;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.ZoneId;
import org.junit.Test;
import picocli.CommandLine.Help.Ansi;

/** How a promise is printed. */
public class PromiseTextTest {
    private static String text(String promise, Ansi ansi) throws Exception {
        JsonNode told = Json.mapper().readTree(promise);
        StringWriter text = new StringWriter();
        // Nothing of these failed, so no log is asked for.
        new PromiseText(null, new PrintWriter(text), ansi, new TimeText(ZoneId.of("Asia/Tokyo"))).print(told);
        return text.toString();
    }

    @Test
    public void timesAreThoseOfTheZoneWithHowLongItTook() throws Exception {
        String text = text(
                "{\"state\": \"FULFILLED\", \"version\": \"say-v1-1234567\", \"accepted\": \"2026-11-30T20:00:00.100Z\","
                        + " \"started\": \"2026-11-30T20:00:01.600Z\", \"settled\": \"2026-11-30T21:02:00.100Z\","
                        + " \"waitsFor\": {\"since\": \"2026-11-30T21:02:00Z\", \"detail\": \"delivery 2, due at"
                        + " 2026-11-30T21:02:01.123456789Z\"}}",
                Ansi.OFF);

        assertThat(text)
                .isEqualTo("FULFILLED  say-v1-1234567\n" + "  accepted  2026-12-01 05:00:00\n"
                        + "  started   2026-12-01 05:00:01 (1.5 s)\n"
                        + "  settled   2026-12-01 06:02:00 (1 h 2 min)\n"
                        + "  waits for delivery 2, due at 2026-12-01 06:02:01\n"
                        + "  since     2026-12-01 06:02:00\n");
    }

    @Test
    public void onlyOurOwnWordsAreColoured() throws Exception {
        String text = text(
                "{\"state\": \"REJECTED\", \"version\": \"say-v1-1234567\", \"accepted\": \"2026-11-30T20:00:00Z\","
                        + " \"settled\": \"2026-11-30T20:00:00Z\", \"reason\": \"a @|green lie|@\"}",
                Ansi.ON);

        assertThat(text)
                .startsWith("\u001b[31mREJECTED\u001b[39m\u001b[0m  say")
                .contains("reason    a @|green lie|@\n");
    }
}
