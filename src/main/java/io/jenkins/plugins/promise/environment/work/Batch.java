package io.jenkins.plugins.promise.environment.work;

import io.jenkins.plugins.promise.environment.Candidate;
import io.jenkins.plugins.promise.environment.Manifest;
import java.util.List;

/**
 * Those of the waiting candidates that are tested together. One that is the first to bring a component goes alone: what it
 * brought cannot be taken away again, and would be there while another of the batch is tested without it.
 */
public final class Batch {
    private final List<Candidate> waiting;
    private final Manifest base;

    /**
     * A batch that is to be made.
     *
     * @param waiting in the order of their turns, at least one
     * @param base what they are to change
     */
    public Batch(List<Candidate> waiting, Manifest base) {
        this.waiting = List.copyOf(waiting);
        this.base = base;
    }

    /** The next that go together: the first alone, or as many in their order as bring nothing for the first time. */
    public List<Candidate> next() {
        return bringsFirst(waiting.get(0))
                ? waiting.subList(0, 1)
                : waiting.stream().takeWhile(c -> !bringsFirst(c)).toList();
    }

    private boolean bringsFirst(Candidate candidate) {
        return !candidate.newTo(base).isEmpty();
    }
}
