package io.jenkins.plugins.promise.local.orchestration;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.promise.report.Outcome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.Test;

public class RunGuardTest {
    private final List<String> settled = new ArrayList<>();
    private final Deque<Throwable> troubles = new ArrayDeque<>();
    private final Deque<Runnable> later = new ArrayDeque<>();
    private boolean stopping;

    private final RunGuard guard = new RunGuard(this::settle, () -> stopping, later::add);

    private void settle(String promise, Outcome outcome) {
        Throwable trouble = troubles.poll();
        if (trouble instanceof Error error) {
            throw error;
        }
        if (trouble instanceof RuntimeException exception) {
            throw exception;
        }
        settled.add(promise + ": " + outcome.reason());
    }

    private void running(Throwable thrown) {
        guard.run("p", () -> {
            if (thrown instanceof Error error) {
                throw error;
            }
            throw (RuntimeException) thrown;
        });
    }

    @Test
    public void whateverIsThrownSettlesThePromise() {
        running(new StackOverflowError());
        running(new OutOfMemoryError("Java heap space"));
        running(new NoClassDefFoundError("gone"));
        running(new IllegalStateException("odd"));
        running(new UncheckedIOException("the disk is full", new IOException("No space left on device")));

        assertThat(settled)
                .containsExactly(
                        "p: its run failed in the controller: calls go too deep (StackOverflowError)",
                        "p: its run failed in the controller: more memory is needed than the controller has"
                                + " (OutOfMemoryError: Java heap space)",
                        "p: its run failed in the controller: a class cannot be loaded (NoClassDefFoundError: gone)",
                        "p: its run failed in the controller: IllegalStateException: odd",
                        "p: its run failed in the controller: the disk is full");
    }

    @Test
    public void anOutcomeOutlivesALedgerThatCannotBeReached() {
        troubles.add(new UncheckedIOException(new IOException("no connection")));
        troubles.add(new UncheckedIOException(new IOException("no connection")));
        guard.settle("p", Outcome.success("good", null));
        later.remove().run();
        assertThat(settled).isEmpty();
        later.remove().run();

        assertThat(settled).containsExactly("p: good");
        assertThat(later).isEmpty();
    }

    @Test
    public void anOutcomeThatCannotBeSettledIsAFailureThatSaysSo() {
        troubles.add(new StackOverflowError());
        guard.settle("p", Outcome.success("good", null));
        later.remove().run();

        assertThat(settled)
                .containsExactly("p: its run failed in the controller: calls go too deep (StackOverflowError)");
    }

    @Test
    public void aControllerThatStopsSettlesNothing() {
        stopping = true;
        running(new IllegalStateException("its threads are gone"));
        troubles.add(new UncheckedIOException(new IOException("closed")));
        guard.settle("p", Outcome.success("good", null));

        assertThat(settled).isEmpty();
        assertThat(later).isEmpty();
    }
}
