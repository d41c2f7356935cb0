package io.jenkins.plugins.promise.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.promise.callback.Parcel;
import io.jenkins.plugins.promise.contract.json.Json;
import io.jenkins.plugins.promise.ledger.FaultyDatabase;
import io.jenkins.plugins.promise.ledger.promise.Promise;
import io.jenkins.plugins.promise.testing.EmbeddedLedger;
import io.jenkins.plugins.promise.testing.VirtualClock;
import java.util.List;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

public class RegistrationTest {
    @Rule
    public TemporaryFolder folder = new TemporaryFolder();

    @Test
    public void saysWhatIsGoingToBeReportedAndWhereItCanBeAskedFor() throws Exception {
        VirtualClock clock = new VirtualClock();
        try (FakeHost host =
                new FakeHost(EmbeddedLedger.in(folder.newFolder().toPath()), "home", new FaultyDatabase(), clock, 10)) {
            Promise promise = host.promises()
                    .submit(FakeHost.submission("flow", null, null))
                    .promise();

            List<Parcel> due = host.outbox().due("http://127.0.0.1:9", clock.instant(), 10);

            assertThat(due).extracting(p -> p.delivery().input()).containsExactly("G");
            JsonNode told =
                    Json.mapper().readTree(host.outbox().body(due.get(0)).orElseThrow());
            assertThat(told)
                    .isEqualTo(Json.mapper()
                            .readTree("{\"process\": \"flow-v1-1234567\", \"queue\": " + promise.number()
                                    + ", \"promise\": {\"id\": \"" + promise.id()
                                    + "\", \"job\": \"flow\", \"version\": \"flow-v1-1234567\", \"url\": \""
                                    + host.promises().url(promise.id())
                                    + "\", \"accepted\": \"2026-01-01T00:00:00Z\","
                                    + " \"deadline\": \"2026-01-01T03:00:00Z\"}}"));
            assertThat(host.promises().url(promise.id())).isEqualTo("http://home/promises/" + promise.id());
        }
    }
}
