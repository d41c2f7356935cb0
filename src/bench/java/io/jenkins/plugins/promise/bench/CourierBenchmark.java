package io.jenkins.plugins.promise.bench;

import io.jenkins.plugins.promise.callback.Attempt;
import io.jenkins.plugins.promise.callback.Courier;
import io.jenkins.plugins.promise.callback.CourierLimits;
import io.jenkins.plugins.promise.callback.Delivery;
import io.jenkins.plugins.promise.callback.Outbox;
import io.jenkins.plugins.promise.callback.Parcel;
import io.jenkins.plugins.promise.callback.address.EndpointGuard;
import io.jenkins.plugins.promise.callback.address.ReceiverPolicy;
import io.jenkins.plugins.promise.callback.signature.Signer;
import io.jenkins.plugins.promise.callback.signature.SigningKey;
import io.jenkins.plugins.promise.contract.Receives;
import io.jenkins.plugins.promise.testing.CommandProcess;
import io.jenkins.plugins.promise.testing.Eventually;
import io.jenkins.plugins.promise.testing.Http;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hc.client5.http.async.methods.SimpleHttpResponse;
import org.apache.hc.client5.http.async.methods.SimpleRequestBuilder;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.client5.http.impl.async.HttpAsyncClients;
import org.apache.hc.client5.http.impl.nio.PoolingAsyncClientConnectionManager;
import org.apache.hc.client5.http.impl.nio.PoolingAsyncClientConnectionManagerBuilder;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.ContentType;

/** The courier beside a bare loop around the same client, to the same receiver, as many at once. */
final class CourierBenchmark implements Benchmarks.Benchmark {
    private static final int WARM_UP = 3_000;
    private static final int DELIVERIES = 20_000;
    private static final byte[] BODY = ("{\"process\": \"work-v1-1234567\", \"status\": \"SUCCESS\", \"reason\": \""
                    + "x".repeat(800) + "\"}")
            .getBytes(StandardCharsets.UTF_8);

    private final Benchmarks benchmarks;

    CourierBenchmark(Benchmarks benchmarks) {
        this.benchmarks = benchmarks;
    }

    @Override
    public void run(Table table) throws Exception {
        try (CommandProcess receiver = benchmarks.homeMade("memory")) {
            URI url = URI.create(receiver.url() + "/submit");
            bare(url, WARM_UP);
            courier(url, WARM_UP);
            double bare = bare(url, DELIVERIES);
            double courier = courier(url, DELIVERIES);
            double bareAgain = bare(url, DELIVERIES);
            double courierAgain = courier(url, DELIVERIES);
            double loop = Math.max(bare, bareAgain);
            double ours = Math.max(courier, courierAgain);
            table.row(
                    "courier: guarded, signed, retried; 16 at once to one receiver",
                    String.format(Locale.ROOT, "%,.0f/s, %.0f %% of the bare loop", ours, 100 * ours / loop));
            table.row(
                    "for comparison: a bare loop of the same client (Apache HttpClient 5), 16 at once",
                    String.format(Locale.ROOT, "%,.0f/s", loop));
        }
        whole(table);
    }

    /** A bare loop around the courier's client, as it is without any of our settings: no signature, no guard, nothing noted. */
    private static double bare(URI url, int count) throws Exception {
        int atOnce = CourierLimits.DEFAULT.perReceiver();
        PoolingAsyncClientConnectionManager connections = PoolingAsyncClientConnectionManagerBuilder.create()
                .setMaxConnPerRoute(atOnce)
                .setMaxConnTotal(atOnce)
                .build();
        try (CloseableHttpAsyncClient client =
                HttpAsyncClients.custom().setConnectionManager(connections).build()) {
            client.start();
            Semaphore free = new Semaphore(atOnce);
            AtomicInteger failed = new AtomicInteger();
            long start = System.nanoTime();
            for (int i = 0; i < count; i++) {
                free.acquire();
                var unused = client.execute(
                        SimpleRequestBuilder.post(url)
                                .setBody(BODY, ContentType.APPLICATION_JSON)
                                .build(),
                        new FutureCallback<>() {
                            @Override
                            public void completed(SimpleHttpResponse answer) {
                                if (answer.getCode() != 201) {
                                    failed.incrementAndGet();
                                }
                                free.release();
                            }

                            @Override
                            public void failed(Exception problem) {
                                failed.incrementAndGet();
                                free.release();
                            }

                            @Override
                            public void cancelled() {
                                failed.incrementAndGet();
                                free.release();
                            }
                        });
            }
            free.acquire(atOnce);
            if (failed.get() > 0) {
                throw new IllegalStateException(failed + " failed");
            }
            return count / ((System.nanoTime() - start) / 1e9);
        }
    }

    private static double courier(URI url, int count) throws InterruptedException {
        Instant now = Instant.now();
        Waiting outbox = new Waiting(url, now, count);
        EndpointGuard guard = new EndpointGuard(new ReceiverPolicy(List.of("http"), List.of(), true));
        try (Courier courier = new Courier(
                outbox, guard, new Signer(List.of(SigningKey.generate())), CourierLimits.DEFAULT, Clock.systemUTC())) {
            long start = System.nanoTime();
            courier.start();
            outbox.arrived.await();
            return count / ((System.nanoTime() - start) / 1e9);
        }
    }

    /** So many deliveries that wait for one receiver, in order, as a ledger has them. */
    private static final class Waiting implements Outbox {
        private final String receiver;
        private final NavigableMap<String, Parcel> parcels = new ConcurrentSkipListMap<>();
        private final CountDownLatch arrived;

        Waiting(URI url, Instant now, int count) {
            for (int i = 0; i < count; i++) {
                String id = String.format(Locale.ROOT, "promise-%06d", i);
                parcels.put(
                        id,
                        new Parcel(
                                id,
                                Delivery.planned(id, "R", Receives.REPORT, url).ready(now)));
            }
            receiver = parcels.firstEntry().getValue().delivery().receiver();
            arrived = new CountDownLatch(count);
        }

        @Override
        public Optional<byte[]> body(Parcel parcel) {
            return parcels.containsKey(parcel.promise()) ? Optional.of(BODY) : Optional.empty();
        }

        @Override
        public CompletableFuture<List<Parcel>> attempted(Parcel parcel, Attempt attempt) {
            if (attempt.accepted()) {
                parcels.remove(parcel.promise());
                arrived.countDown();
            }
            return CompletableFuture.completedFuture(List.of());
        }

        @Override
        public List<String> receiversDue(Instant until) {
            return parcels.isEmpty() ? List.of() : List.of(receiver);
        }

        @Override
        public List<Parcel> due(String asked, Instant until, int most) {
            return parcels.values().stream().limit(most).toList();
        }
    }

    /** All that a promise goes through, from its submission to its delivery. */
    private void whole(Table table) throws Exception {
        Path suite =
                SubmitBenchmark.suite(benchmarks.newFolder("quick"), "true").root();
        Path home = benchmarks.newFolder("whole");
        try (CommandProcess receiver = benchmarks.homeMade("memory");
                CommandProcess controller = benchmarks.serve(suite, home)) {
            String back = receiver.url() + "/submit";
            String form = "PART=s3://parts/4711.stl&REPORT_RETURN_URL=" + back;
            Http http = new Http(controller.url());
            int count = 2_000;
            long start = System.nanoTime();
            Load.post(URI.create(controller.url() + "/promises/submit/work"), form, count);
            Eventually.until(
                    "all are closed",
                    Duration.ofMinutes(10),
                    () -> http.get("/promises?state=open").json().path("count").asInt() == 0);
            table.row(
                    "the whole way: submitted, a bash process each, settled and delivered, 2 executors",
                    String.format(Locale.ROOT, "%,.0f/s", count / ((System.nanoTime() - start) / 1e9)));
        }
    }
}
