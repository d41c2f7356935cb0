package io.jenkins.plugins.promise.bench;

import io.jenkins.plugins.promise.bench.Load.Figures;
import java.net.URI;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Endpoints that are compared: each is warmed up, and then they are measured in turns, so that what else the machine does
 * just then, and how warm the clients are, is the same for all. Of each the median round is told.
 */
final class Turns {
    /** Enough for the compiler to be done: cold, our endpoint is slower than a bare one by what it has more of code. */
    private static final int WARM_UP = 80_000;

    private static final int REQUESTS = 20_000;
    private static final int ROUNDS = 5;

    private final List<Endpoint> endpoints = new ArrayList<>();

    /** Adds an endpoint that takes the form of {@link SubmitBenchmark}. */
    Turns with(String what, String url) {
        endpoints.add(new Endpoint(what, URI.create(url), false, new ArrayList<>()));
        return this;
    }

    /** Adds one that gets an idempotency key with each submission. */
    Turns withKeys(String what, String url) {
        endpoints.add(new Endpoint(what, URI.create(url), true, new ArrayList<>()));
        return this;
    }

    /** Measures, and writes a row for each, in the order in which they were added. */
    void run(Table table) throws Exception {
        for (Endpoint endpoint : endpoints) {
            var unused = endpoint.post(WARM_UP);
        }
        for (int round = 0; round < ROUNDS; round++) {
            for (Endpoint endpoint : endpoints) {
                endpoint.rounds.add(endpoint.post(REQUESTS));
            }
        }
        for (Endpoint endpoint : endpoints) {
            table.row(endpoint.what, endpoint.median());
        }
    }

    private record Endpoint(String what, URI url, boolean keyed, List<Figures> rounds) {
        Figures post(int requests) throws Exception {
            return keyed
                    ? Load.postKeyed(url, SubmitBenchmark.FORM, requests)
                    : Load.post(url, SubmitBenchmark.FORM, requests);
        }

        Figures median() {
            return rounds.stream()
                    .sorted(Comparator.comparing(Figures::perSecond))
                    .skip(ROUNDS / 2)
                    .findFirst()
                    .orElseThrow();
        }
    }
}
