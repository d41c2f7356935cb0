package io.jenkins.plugins.promise.environment;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.promise.ledger.Ledger;
import io.jenkins.plugins.promise.ledger.controllers.ControllerIdentity;
import io.jenkins.plugins.promise.testing.EmbeddedLedger;
import io.jenkins.plugins.promise.testing.VirtualClock;
import io.jenkins.plugins.promise.testing.Whole;
import java.util.Random;
import org.junit.Rule;
import org.junit.Test;
import org.junit.experimental.categories.Category;
import org.junit.rules.TemporaryFolder;

/**
 * Random graphs, changes, failures, pauses and kills in virtual time. {@code -Dmodel.seed=N} runs one again, and
 * {@code -Dmodel.runs=N} as many as are wanted.
 */
@Category(Whole.class)
public class EnvironmentModelTest {
    @Rule
    public TemporaryFolder folder = new TemporaryFolder(World.place());

    @Test
    public void headsArePassedManifestsHoldersAreAloneAndEveryCandidateSettlesInSomeOrder() throws Exception {
        long first = Long.getLong("model.seed", new Random().nextLong() >>> 16);
        int runs = Integer.getInteger("model.runs", System.getProperty("model.seed") == null ? 4 : 1);
        int rejected = 0;
        int released = 0;
        int lost = 0;
        for (int run = 0; run < runs; run++) {
            long seed = first + run;
            try {
                RandomTraffic traffic = one(seed);
                rejected += traffic.rejected();
                released += traffic.released();
                lost += traffic.lost();
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("with -Dmodel.seed=" + seed + ": " + e, e);
            }
        }
        if (runs > 1) {
            // Else nothing was tested.
            assertThat(rejected).as("rejected from seed %s", first).isPositive();
            assertThat(released).as("released from seed %s", first).isPositive();
            assertThat(lost).as("leases lost from seed %s", first).isPositive();
        }
    }

    private RandomTraffic one(long seed) throws Exception {
        VirtualClock clock = new VirtualClock();
        try (Ledger ledger = Ledger.open(
                EmbeddedLedger.in(folder.newFolder().toPath()),
                ControllerIdentity.begin("home", "http://here.example"),
                clock)) {
            RandomTraffic traffic = new RandomTraffic(ledger, clock, new Random(seed));
            traffic.run();
            return traffic;
        }
    }
}
