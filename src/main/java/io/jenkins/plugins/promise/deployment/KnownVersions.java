package io.jenkins.plugins.promise.deployment;

import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import io.jenkins.plugins.promise.deployment.bundle.Deployed;
import io.jenkins.plugins.promise.ledger.Ledger;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * What is deployed, as it was read last. Where others share the ledger, what they deploy is noticed within a second, and at
 * once if somebody asks for it. While the ledger cannot be read, what was known last counts.
 */
final class KnownVersions {
    private static final Logger LOGGER = Logger.getLogger(LedgerVersions.class.getName());
    private static final Duration LOOKED_EVERY = Duration.ofMillis(500);
    private static final int MOST_UNKNOWN_NAMES = 1_000;

    private final Ledger ledger;
    private final VersionRows rows;
    private final Consumer<DeployedVersions> refreshed;
    private final Map<String, String> damaged = new ConcurrentHashMap<>();
    /** Names nobody has to look for again so soon. */
    private final Cache<String, Boolean> unknown = CacheBuilder.newBuilder()
            .maximumSize(MOST_UNKNOWN_NAMES)
            .expireAfterWrite(LOOKED_EVERY)
            .build();

    private final AtomicLong looked = new AtomicLong(System.nanoTime());
    private final Object refreshing = new Object();
    private volatile DeployedVersions known = DeployedVersions.NONE;

    /**
     * Nothing yet: {@link #refresh} reads what is deployed.
     *
     * @param refreshed is told what was read, each time
     */
    KnownVersions(Ledger ledger, VersionRows rows, Consumer<DeployedVersions> refreshed) {
        this.ledger = ledger;
        this.rows = rows;
        this.refreshed = refreshed;
    }

    /** What was read last, without a look at the ledger. */
    DeployedVersions last() {
        return known;
    }

    /** What is deployed, to within a second. */
    DeployedVersions now() {
        if (!ledger.shared()) {
            return known;
        }
        long last = looked.get();
        long now = System.nanoTime();
        if (now - last > LOOKED_EVERY.toNanos() && looked.compareAndSet(last, now)) {
            look();
        }
        return known;
    }

    Optional<Deployed> resolve(String name) {
        Optional<Deployed> found = now().resolve(name);
        if (found.isEmpty() && ledger.shared() && unknown.asMap().putIfAbsent(name, true) == null) {
            look();
            return known.resolve(name);
        }
        return found;
    }

    private void look() {
        try {
            if (ledger.read(rows::revision) != known.index().revision()) {
                read();
            }
        } catch (UncheckedIOException e) {
            LOGGER.log(Level.FINE, "what others have deployed will be seen later", e);
        }
    }

    /**
     * Reads what is deployed.
     *
     * @throws IOException if the ledger cannot be read
     */
    void refresh() throws IOException {
        try {
            read();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private void read() {
        synchronized (refreshing) {
            DeployedVersions before = known;
            DeployedVersions read = ledger.read(handle -> rows.read(handle, damaged));
            read.broken().values().stream()
                    .filter(b -> !b.equals(before.broken().get(b.version())))
                    .forEach(b -> LOGGER.log(Level.SEVERE, b.reason()));
            known = read;
            damaged.keySet().retainAll(read.uploads().values());
            refreshed.accept(read);
        }
    }

    /** The files of an upload cannot be used; its version is set aside with the next {@link #refresh}. */
    void damaged(String upload, String why) {
        damaged.put(upload, why);
    }
}
