package io.jenkins.plugins.promise.testing;

import io.jenkins.plugins.promise.acceptance.host.Builds;
import io.jenkins.plugins.promise.ledger.promise.Promise;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** A host that queues builds and starts none by itself. */
public final class FakeBuilds implements Builds {
    private final int window;
    private final List<String> queued = new CopyOnWriteArrayList<>();
    private final List<String> abandoned = new CopyOnWriteArrayList<>();
    private final Map<String, Throwable> lost = new ConcurrentHashMap<>();
    private final Set<String> inQueue = ConcurrentHashMap.newKeySet();
    private final Map<String, String> held = new ConcurrentHashMap<>();
    private volatile String refusal;
    private volatile String lack;
    private volatile Consumer<Promise> queueing = promise -> {};
    private volatile Consumer<Promise> finding = promise -> {};

    public FakeBuilds(int window) {
        this.window = window;
    }

    /** All that were ever queued, in that order. */
    public List<String> queued() {
        return new ArrayList<>(queued);
    }

    public List<String> abandoned() {
        return new ArrayList<>(abandoned);
    }

    /** What is queued, and was not abandoned since. */
    public Set<String> inQueue() {
        return Set.copyOf(inQueue);
    }

    /** Does this just before each one is queued. */
    public void beforeEachIsQueued(Consumer<Promise> what) {
        queueing = what;
    }

    /** Does this just before it tells where a build stands. */
    public void beforeEachIsFound(Consumer<Promise> what) {
        finding = what;
    }

    /** Holds back the builds of a version, for that reason; no more with null. */
    public void hold(String version, String why) {
        if (why == null) {
            held.remove(version);
        } else {
            held.put(version, why);
        }
    }

    /** Has nothing that a build could start on, for that reason; again with null. */
    public void starve(String why) {
        lack = why;
    }

    /** Loses a build that was queued, as if somebody else had taken it out. */
    public void lose(String id) {
        queued.remove(id);
        inQueue.remove(id);
    }

    /** Queues nothing, for that reason; everything again with null. */
    public void refuse(String why) {
        refusal = why;
    }

    /** Fails with that, an exception or an error, to tell where that one's build stands. */
    public void cannotFind(String id, Throwable problem) {
        lost.put(id, problem);
    }

    /** As after a crash: it knows of no build. */
    public void forget() {
        queued.clear();
    }

    @Override
    public int window(String lane) {
        return window;
    }

    @Override
    public void enqueue(Promise promise) {
        if (refusal != null) {
            throw new IllegalStateException(refusal);
        }
        queueing.accept(promise);
        queued.add(promise.id());
        inQueue.add(promise.id());
    }

    @Override
    public void abandon(Promise promise, String why) {
        abandoned.add(promise.id());
        inQueue.remove(promise.id());
    }

    @Override
    public Status find(Promise promise) {
        finding.accept(promise);
        Throwable problem = lost.get(promise.id());
        if (problem instanceof Error error) {
            throw error;
        }
        if (problem instanceof RuntimeException exception) {
            throw exception;
        }
        return queued.contains(promise.id()) ? Status.ALIVE : Status.LOST;
    }

    @Override
    public Optional<String> held(Promise promise) {
        return Optional.ofNullable(held.get(promise.version()));
    }

    @Override
    public Optional<String> lack(String lane) {
        return Optional.ofNullable(lack);
    }

    @Override
    public Optional<String> why(Promise promise) {
        return Optional.of("the fake host's own words");
    }
}
