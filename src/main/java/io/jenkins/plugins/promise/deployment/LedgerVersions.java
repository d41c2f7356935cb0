package io.jenkins.plugins.promise.deployment;

import io.jenkins.plugins.promise.contract.SubmitToken;
import io.jenkins.plugins.promise.deployment.bundle.BrokenBundle;
import io.jenkins.plugins.promise.deployment.bundle.Deployed;
import io.jenkins.plugins.promise.deployment.bundle.Release;
import io.jenkins.plugins.promise.deployment.bundle.ScriptSource;
import io.jenkins.plugins.promise.ledger.Ledger;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The versions deployed on all controllers that share a ledger.
 */
public final class LedgerVersions implements VersionStore {
    private static final Logger LOGGER = Logger.getLogger(LedgerVersions.class.getName());
    private static final Duration USE_IS_NOTED_EVERY = Duration.ofMinutes(1);

    private final Ledger ledger;
    private final Clock clock;
    private final VersionRows rows;
    private final VersionContents contents;
    private final VersionCache cache;
    private final Map<String, Instant> noted = new ConcurrentHashMap<>();
    private final KnownVersions known;

    private LedgerVersions(Ledger ledger, VersionCache cache, Clock clock) {
        this.ledger = ledger;
        this.clock = clock;
        this.rows = new VersionRows(ledger.self().id());
        this.contents = new VersionContents(ledger);
        this.cache = cache;
        this.known = new KnownVersions(ledger, rows, this::refreshed);
    }

    /**
     * Opens what is deployed; what interrupted deployments left is removed, and what cannot be read is set aside.
     *
     * @param folder where versions' files are brought to; it may be lost
     * @throws IOException if the ledger cannot be read or the folder not be used
     */
    public static LedgerVersions open(Ledger ledger, Path folder, Clock clock) throws IOException {
        LedgerVersions versions = new LedgerVersions(ledger, VersionCache.open(folder), clock);
        versions.known.refresh();
        versions.sweep();
        return versions;
    }

    private void refreshed(DeployedVersions read) {
        noted.keySet().retainAll(read.index().versions().keySet());
        cache.keep(read.index().versions().keySet());
    }

    private void sweep() {
        try {
            contents.sweep();
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, "files of no version stay in the ledger until the next deployment", e);
        }
    }

    @Override
    public VersionIndex index() {
        return known.now().index();
    }

    @Override
    public synchronized boolean deploy(List<Release> added, VersionIndex before, VersionIndex then) throws IOException {
        if (before.revision() != known.last().index().revision()) {
            return false;
        }
        try {
            List<VersionRows.Uploaded> uploaded = new ArrayList<>();
            for (Release release : added) {
                uploaded.add(contents.upload(release));
            }
            return change(uploaded, before, then);
        } finally {
            sweep();
        }
    }

    @Override
    public synchronized boolean remove(Collection<String> removed, VersionIndex before, VersionIndex then)
            throws IOException {
        try {
            return change(List.of(), before, then);
        } finally {
            sweep();
        }
    }

    private boolean change(List<VersionRows.Uploaded> uploaded, VersionIndex before, VersionIndex then)
            throws IOException {
        return noticed(VersionContents.await(
                ledger.write(handle -> rows.change(handle, uploaded, before, then, clock.instant()))));
    }

    @Override
    public synchronized boolean pause(String version, Optional<Pause> then) throws IOException {
        return noticed(VersionContents.await(ledger.write(handle -> PauseRows.change(handle, version, then))));
    }

    private boolean noticed(boolean changed) throws IOException {
        try {
            known.refresh();
        } catch (IOException e) {
            if (!changed) {
                throw e;
            }
            LOGGER.log(Level.WARNING, "what was changed will be seen when the ledger can be read", e);
        }
        return changed;
    }

    /**
     * Those of some versions that were pruned from this ledger. What is neither deployed nor pruned was never here, or was
     * forgotten when an older ledger was restored.
     *
     * @throws IOException if the ledger cannot be read
     */
    public Set<String> pruned(Collection<String> versions) throws IOException {
        try {
            return ledger.read(handle -> rows.pruned(handle, versions));
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    @Override
    public void used(String version) {
        Instant now = clock.instant();
        Instant soonest = noted.getOrDefault(version, Instant.MIN).plus(USE_IS_NOTED_EVERY);
        if (soonest.isAfter(now) || !known.last().versions().containsKey(version)) {
            return;
        }
        noted.put(version, now);
        var unused = ledger.write(handle -> {
                    rows.used(handle, version, now);
                    return null;
                })
                .exceptionally(problem -> {
                    LOGGER.log(Level.WARNING, "a use of " + version + " is not noted; prune may remove it", problem);
                    return null;
                });
    }

    @Override
    public Instant lastUsed(String version) throws IOException {
        try {
            return ledger.read(handle -> rows.lastUsed(handle, version));
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    @Override
    public Optional<Deployed> resolve(String name) {
        return known.resolve(name);
    }

    @Override
    public Optional<Deployed> known(String name) {
        return known.last().resolve(name);
    }

    @Override
    public List<Deployed> all() {
        return known.now().all();
    }

    @Override
    public Optional<SubmitToken> token(String commonName) {
        return known.now().index().token(commonName);
    }

    @Override
    public Optional<Pause> paused(String version) {
        return Optional.ofNullable(known.last().paused().get(version));
    }

    @Override
    public Map<String, Pause> paused() {
        return known.now().paused();
    }

    @Override
    public Optional<String> broken(String name) {
        return known.now().broken(name);
    }

    @Override
    public List<BrokenVersion> broken() {
        return List.copyOf(known.now().broken().values());
    }

    @Override
    public Path incoming() {
        return cache.incoming();
    }

    @Override
    public Path files(Deployed deployed) throws IOException {
        return brought(deployed).files();
    }

    @Override
    public ScriptSource source(Deployed deployed) throws IOException {
        return brought(deployed).source();
    }

    private VersionFiles brought(Deployed deployed) throws IOException {
        String upload = known.last().uploads().get(deployed.version());
        if (upload == null) {
            throw new IOException(absence(deployed.version()));
        }
        try {
            return cache.bring(deployed, () -> contents.release(deployed, upload));
        } catch (BrokenBundle e) {
            known.damaged(upload, e.getMessage());
            known.refresh();
            throw new IOException(absence(deployed.version()), e);
        }
    }
}
