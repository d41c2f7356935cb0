package io.jenkins.plugins.promise.bench;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.Random;

/**
 * What becomes of submissions when more of them come to more controllers at one PostgreSQL: each controller's one writer
 * commits what waits together, and all writers share the processors of the database. It is simulated step by step with the
 * cost that was measured; arrivals are random, with a seed that is printed.
 */
final class ScaleSimulation {
    private static final int[] CONTROLLERS = {1, 2, 4, 8};
    private static final double[] LOADS = {0.5, 0.8, 0.95, 1.2};
    private static final int SECONDS = 60;
    private static final double STEP_MILLIS = 1;
    private static final int DATABASE_PROCESSORS = 4;
    private static final long SEED = 20_261_125;

    private final double millisOfAPromise;

    /**
     * A simulation.
     *
     * @param millisOfAPromise of one writer, for accepted, started, settled and delivered together
     */
    ScaleSimulation(double millisOfAPromise) {
        this.millisOfAPromise = millisOfAPromise;
    }

    void run(Table table) {
        for (int controllers : CONTROLLERS) {
            StringBuilder told = new StringBuilder();
            double capacity = Math.min(controllers, DATABASE_PROCESSORS) * 1_000 / millisOfAPromise;
            for (double load : LOADS) {
                told.append(told.isEmpty() ? "" : "; ").append(simulated(controllers, load * capacity));
            }
            table.row(
                    String.format(
                            Locale.ROOT,
                            "simulated: %d controllers, one PostgreSQL of %d processors, seed %d",
                            controllers,
                            DATABASE_PROCESSORS,
                            SEED),
                    told.toString());
        }
    }

    private String simulated(int controllers, double perSecond) {
        Random random = new Random(SEED);
        Deque<Double> waiting = new ArrayDeque<>();
        double waited = 0;
        long served = 0;
        double credit = 0;
        double arriving = 0;
        for (double now = 0; now < SECONDS * 1_000; now += STEP_MILLIS) {
            // Arrivals come in bursts of their own: an exponential wait between them.
            arriving += perSecond * STEP_MILLIS / 1_000 * -Math.log(1 - random.nextDouble());
            for (; arriving >= 1; arriving--) {
                waiting.add(now);
            }
            credit = Math.min(credit, STEP_MILLIS)
                    + STEP_MILLIS * Math.min(controllers, DATABASE_PROCESSORS) / millisOfAPromise;
            for (; credit >= 1 && !waiting.isEmpty(); credit--) {
                waited += now + STEP_MILLIS - waiting.poll();
                served++;
            }
        }
        return waiting.size() > perSecond
                ? String.format(
                        Locale.ROOT, "%,.0f/s: falls behind by %,d a second", perSecond, waiting.size() / SECONDS)
                : String.format(Locale.ROOT, "%,.0f/s: %.1f ms", perSecond, served == 0 ? 0 : waited / served);
    }
}
