package io.jenkins.plugins.promise.bench;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/** Clients that submit as fast as they are answered. */
final class Load {
    static final int CLIENTS = 16;
    private static final long LONGEST_MICROS = TimeUnit.MINUTES.toMicros(1);

    private Load() {}

    /** Posts the form so many times, each of the clients one after the other; anything but 201 is an error. */
    static Figures post(URI url, String form, int requests) throws Exception {
        return post(url, form, requests, false);
    }

    /** The same, each submission with a key of its own. */
    static Figures postKeyed(URI url, String form, int requests) throws Exception {
        return post(url, form, requests, true);
    }

    private static Figures post(URI url, String form, int requests, boolean keyed) throws Exception {
        Histogram latencies = new ConcurrentHistogram(LONGEST_MICROS, 3);
        AtomicInteger left = new AtomicInteger(requests);
        ExecutorService threads = Executors.newFixedThreadPool(CLIENTS);
        List<Callable<Void>> clients = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            HttpClient client =
                    HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
            clients.add(() -> {
                while (left.getAndDecrement() > 0) {
                    HttpRequest request = request(url, form, keyed);
                    long start = System.nanoTime();
                    HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
                    latencies.recordValue(TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - start));
                    if (answer.statusCode() != 201) {
                        throw new IllegalStateException(answer.statusCode() + " " + answer.body());
                    }
                }
                return null;
            });
        }
        long start = System.nanoTime();
        for (Future<Void> client : threads.invokeAll(clients)) {
            client.get();
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        threads.shutdown();
        return new Figures(
                requests / seconds,
                latencies.getValueAtPercentile(50) / 1000.0,
                latencies.getValueAtPercentile(99) / 1000.0,
                latencies.getMaxValue() / 1000.0);
    }

    private static HttpRequest request(URI url, String form, boolean keyed) {
        HttpRequest.Builder request = HttpRequest.newBuilder(url)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form));
        if (keyed) {
            request.header("Idempotency-Key", UUID.randomUUID().toString());
        }
        return request.build();
    }

    /**
     * What was measured.
     *
     * @param perSecond requests answered
     * @param median in milliseconds
     * @param p99 in milliseconds
     * @param max in milliseconds
     */
    record Figures(double perSecond, double median, double p99, double max) {
        @Override
        public String toString() {
            return String.format(
                    Locale.ROOT, "%,.0f/s, median %.1f ms, p99 %.1f ms, max %.0f ms", perSecond, median, p99, max);
        }
    }
}
