package io.jenkins.plugins.promise.testing;

import io.jenkins.plugins.promise.contract.Contract;
import io.jenkins.plugins.promise.contract.JobKind;
import io.jenkins.plugins.promise.contract.SubmitToken;
import io.jenkins.plugins.promise.deployment.Catalog;
import io.jenkins.plugins.promise.deployment.bundle.Deployed;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;

/** Jobs that are deployed nowhere. */
public final class FakeCatalog implements Catalog {
    private final Map<String, Deployed> versions = new ConcurrentHashMap<>();
    private final AtomicReference<Error> failure = new AtomicReference<>();
    private final Map<String, String> broken = new ConcurrentHashMap<>();
    private final List<String> used = new CopyOnWriteArrayList<>();

    /** Deploys a worker as its version 1. */
    public FakeCatalog worker(String name, Contract contract) {
        Deployed deployed = new Deployed(
                name + "-v1-1234567", name, JobKind.WORKER, contract, null, "run.sh", null, "content", Map.of());
        versions.put(deployed.version(), deployed);
        return this;
    }

    /** Fails with that the next time that it is asked for a job, and then no more. */
    public void failOnce(Error problem) {
        failure.set(problem);
    }

    /** Has a version of that name that cannot be used, for that reason. */
    public void broken(String name, String why) {
        broken.put(name, why);
    }

    /** The versions that were submitted or settled, once for each time. */
    public List<String> used() {
        return new ArrayList<>(used);
    }

    public void remove(String version) {
        versions.remove(version);
    }

    @Override
    public Optional<Deployed> resolve(String name) {
        Error problem = failure.getAndSet(null);
        if (problem != null) {
            throw problem;
        }
        return versions.values().stream()
                .filter(d -> d.version().equals(name) || d.name().equals(name))
                .findFirst();
    }

    @Override
    public List<Deployed> all() {
        return new ArrayList<>(versions.values());
    }

    @Override
    public Optional<SubmitToken> token(String commonName) {
        return Optional.empty();
    }

    @Override
    public Optional<String> broken(String name) {
        return Optional.ofNullable(broken.get(name));
    }

    @Override
    public void used(String version) {
        used.add(version);
    }
}
