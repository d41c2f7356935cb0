package io.jenkins.plugins.promise.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.promise.ledger.database.LedgerLocation;
import io.jenkins.plugins.promise.ledger.handover.LedgerSeal;
import io.jenkins.plugins.promise.testing.Controllers;
import io.jenkins.plugins.promise.testing.Eventually;
import io.jenkins.plugins.promise.testing.Http;
import io.jenkins.plugins.promise.testing.SuiteFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** A controller gives ledger and address to the next one of its home; whoever is connected notices a moment's wait. */
public class HandOverTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @Rule
    public TemporaryFolder folder = new TemporaryFolder();

    private Path home;
    private Path gate;
    private Controllers controllers;
    private SuiteFolder suite;

    @Before
    public void prepare() throws Exception {
        home = folder.newFolder().toPath();
        gate = home.resolve("gate");
        suite = new SuiteFolder(folder.newFolder().toPath())
                .worker("work", "while [ ! -e " + gate + " ]; do sleep 0.05; done; echo '{}' > report.json");
        controllers = new Controllers(home);
    }

    private static String submit(Http http) throws Exception {
        Http.Answer answer = http.form("/promises/submit/work", "");
        assertThat(answer.status()).isEqualTo(201);
        return answer.json().path("id").asText();
    }

    @Test
    public void whoIsConnectedIsToldToAskAgainAndThenLedToTheNextOne() throws Exception {
        LocalController first = controllers.start(suite);
        Http one = new Http(first.url());
        Http other = new Http(first.url());
        String id = submit(one);
        String second = submit(other);
        Eventually.until(
                "it runs",
                PATIENCE,
                () -> one.get("/promises/" + id).json().path("state").asText().equals("RUNNING"));

        LedgerSeal seal = first.handOver().orElseThrow();
        assertThat(seal.open()).isEqualTo(2);
        Http.Answer refused = one.get("/promises/" + id);
        assertThat(refused.status()).isEqualTo(503);
        assertThat(refused.header("Retry-After")).isEqualTo("1");
        assertThat(refused.json().path("detail").asText()).contains("another controller takes over");

        try (LocalController next = controllers.port(first.port()).start(suite)) {
            first.forward(next.address());
            // This one is connected to the first still, which lets go of it with the answer.
            assertThat(other.get("/promises/" + id).json().path("id").asText()).isEqualTo(id);
            String third = submit(other);
            Files.createFile(gate);
            for (String promise : new String[] {id, second, third}) {
                assertThat(one.settled(promise, PATIENCE).path("state").asText())
                        .isEqualTo("FULFILLED");
            }
            first.release(PATIENCE);
            assertThat(one.get("/promises/" + id).status()).isEqualTo(200);
        }
    }

    @Test
    public void submissionsAreAcceptedWhileWorkersEnd() throws Exception {
        LocalController first = controllers.start(suite);
        Http http = new Http(first.url());
        String id = submit(http);
        Eventually.until(
                "it runs",
                PATIENCE,
                () -> http.get("/promises/" + id).json().path("state").asText().equals("RUNNING"));
        Thread giving = new Thread(() -> {
            try {
                first.hold(() -> false);
                first.handOver();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
        giving.start();
        int accepted = 0;
        while (http.form("/promises/submit/work", "").status() == 201) {
            accepted++;
        }
        giving.join();

        try (LocalController next = controllers.port(first.port()).start(suite)) {
            assertThat(accepted).isPositive();
            assertThat(next.openPromises()).isEqualTo(1 + accepted);
            Files.createFile(gate);
            Eventually.until("all are done", PATIENCE, () -> next.openPromises() == 0);
        }
        first.release(Duration.ZERO);
    }

    @Test
    public void aSealTellsAnyDifference() throws Exception {
        LocalController first = controllers.start(suite);
        Http http = new Http(first.url());
        submit(http);
        submit(http);
        LedgerSeal seal = first.handOver().orElseThrow();
        first.release(Duration.ZERO);

        LedgerLocation.Embedded ledger = new LedgerLocation.Embedded(home.resolve("ledger"));
        assertThat(LedgerSeal.of(ledger)).isEqualTo(seal);
        for (String change : new String[] {
            "UPDATE promise SET epoch = epoch + 1 WHERE number = 2",
            "UPDATE promise SET record = record || ' ' WHERE number = 1",
            "UPDATE common_name SET stood = stood || ' '",
            "DELETE FROM promise WHERE number = 1",
            "DELETE FROM promise WHERE number = 2"
        }) {
            LedgerSeal before = LedgerSeal.of(ledger);
            try (Connection database = DriverManager.getConnection("jdbc:sqlite:" + home.resolve("ledger/ledger.db"));
                    Statement statement = database.createStatement()) {
                assertThat(statement.executeUpdate(change)).isPositive();
            }
            assertThat(LedgerSeal.of(ledger)).as(change).isNotEqualTo(before);
        }
    }
}
