package io.jenkins.plugins.promise.ledger.promise;

import io.jenkins.plugins.promise.report.ReportStatus;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** How far a promise has come. */
public sealed interface Progress {
    /** The number of its item in the host's queue; nothing before it has one, or where the host numbers none. */
    Optional<Long> queueItem();

    /** How often its build was started; more than once where a machine was lost under it. */
    int starts();

    /** Where it stands, in a word. */
    PromiseState state();

    /** What the host finds its build again by; nothing while there is none. */
    Optional<String> build();

    /** When its build began to run; nothing before. */
    Optional<Instant> started();

    /** The same, with another name for its build if there is one. */
    Progress renamed(UnaryOperator<String> build);

    /**
     * Accepted; its build waits in the ledger or in the host's queue.
     *
     * @param queueItem the number of its item in the host's queue
     * @param starts how often a build of it was started before
     */
    record Pending(Optional<Long> queueItem, int starts) implements Progress {
        /** Accepted just now. */
        public static final Pending NEW = new Pending(Optional.empty(), 0);

        @Override
        public PromiseState state() {
            return PromiseState.PENDING;
        }

        @Override
        public Optional<String> build() {
            return Optional.empty();
        }

        @Override
        public Optional<Instant> started() {
            return Optional.empty();
        }

        @Override
        public Progress renamed(UnaryOperator<String> build) {
            return this;
        }
    }

    /**
     * Its build runs.
     *
     * @param queueItem the number that its item had in the host's queue
     * @param starts how often a build of it was started, this one included
     * @param running what the host finds the build again by
     * @param since when this build began
     */
    record Running(Optional<Long> queueItem, int starts, String running, Instant since) implements Progress {
        /** Checks that there is a build. */
        public Running {
            Objects.requireNonNull(running, "running");
            Objects.requireNonNull(since, "since");
        }

        @Override
        public PromiseState state() {
            return PromiseState.RUNNING;
        }

        @Override
        public Optional<String> build() {
            return Optional.of(running);
        }

        @Override
        public Optional<Instant> started() {
            return Optional.of(since);
        }

        @Override
        public Progress renamed(UnaryOperator<String> build) {
            return new Running(queueItem, starts, build.apply(running), since);
        }
    }

    /**
     * There is a report.
     *
     * @param status the report's
     * @param reason the report's
     * @param at when it was settled
     * @param before how far it had come then
     */
    record Settled(ReportStatus status, String reason, Instant at, Progress before) implements Progress {
        /** Checks that it was not settled before. */
        public Settled {
            Objects.requireNonNull(status, "status");
            Objects.requireNonNull(reason, "reason");
            Objects.requireNonNull(at, "at");
            if (before instanceof Settled) {
                throw new IllegalArgumentException("a promise is settled once");
            }
        }

        @Override
        public PromiseState state() {
            return status == ReportStatus.SUCCESS ? PromiseState.FULFILLED : PromiseState.REJECTED;
        }

        @Override
        public Optional<Long> queueItem() {
            return before.queueItem();
        }

        @Override
        public int starts() {
            return before.starts();
        }

        @Override
        public Optional<String> build() {
            return before.build();
        }

        @Override
        public Optional<Instant> started() {
            return before.started();
        }

        @Override
        public Progress renamed(UnaryOperator<String> build) {
            return new Settled(status, reason, at, before.renamed(build));
        }
    }
}
