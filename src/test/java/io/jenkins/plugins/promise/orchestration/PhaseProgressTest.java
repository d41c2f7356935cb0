package io.jenkins.plugins.promise.orchestration;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.promise.report.Outcome;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.Test;

public class PhaseProgressTest {
    private static final WorkerResult GOOD = new WorkerResult(Outcome.success("fine", null), "a-v1", "http://x", 1);
    private static final WorkerResult BAD = new WorkerResult(Outcome.failure("it broke"), "a-v1", "http://x", 1);

    private static WorkerCall call(String name, int retries, boolean optional) {
        return new WorkerCall(name, name, Map.of(), retries, optional, null, null);
    }

    private static Phase phase(boolean failFast, WorkerCall... calls) {
        return new Phase(1, "p", true, failFast, false, Arrays.asList(calls));
    }

    private static PhaseProgress begun(Phase phase) {
        return PhaseProgress.of(phase).start().then();
    }

    @Test
    public void callsAllWorkersAtOnceAndEndsWithTheLast() {
        Phase phase = phase(false, call("a", 0, false), call("b", 0, false));
        PhaseProgress.Turn start = PhaseProgress.of(phase).start();

        assertThat(start.commands())
                .containsExactly(
                        new PhaseCommand.Submit(0, phase.calls().get(0), 1),
                        new PhaseCommand.Submit(1, phase.calls().get(1), 1));
        PhaseProgress.Turn first = start.then().settled(1, 1, GOOD);
        assertThat(first.commands()).isEmpty();
        PhaseProgress.Turn last = first.then().settled(0, 1, BAD);
        assertThat(last.commands()).containsExactly(new PhaseCommand.End(Map.of("a", BAD, "b", GOOD)));
        assertThat(last.then().over()).isTrue();
    }

    @Test
    public void callsAgainWhileThereAreRetries() {
        Phase phase = phase(false, call("a", 2, false));
        PhaseProgress.Turn second = begun(phase).settled(0, 1, BAD);
        PhaseProgress.Turn third = second.then().settled(0, 2, BAD);

        assertThat(second.commands())
                .containsExactly(new PhaseCommand.Submit(0, phase.calls().get(0), 2));
        assertThat(third.commands())
                .containsExactly(new PhaseCommand.Submit(0, phase.calls().get(0), 3));
        assertThat(third.then().settled(0, 3, BAD).commands()).containsExactly(new PhaseCommand.End(Map.of("a", BAD)));
        assertThat(third.then().settled(0, 3, GOOD).commands())
                .containsExactly(new PhaseCommand.End(Map.of("a", GOOD)));
    }

    @Test
    public void anEarlierAttemptThatIsToldOnceMoreChangesNothing() {
        PhaseProgress second =
                begun(phase(false, call("a", 2, false))).settled(0, 1, BAD).then();

        assertThat(second.settled(0, 1, GOOD).commands()).isEmpty();
        assertThat(second.settled(0, 1, GOOD).then()).isSameAs(second);
        assertThat(second.refused(0, 1, "no").then()).isSameAs(second);
    }

    @Test
    public void failFastEndsTheOthersWithTheReason() {
        Phase phase = phase(true, call("a", 1, false), call("b", 0, false), call("c", 0, true));
        PhaseProgress.Turn optional = begun(phase).settled(2, 1, BAD);
        assertThat(optional.commands()).as("an optional worker ends nobody").isEmpty();

        PhaseProgress retried = optional.then().settled(0, 1, BAD).then();
        List<PhaseCommand> commands = retried.settled(1, 1, BAD).commands();

        assertThat(commands.get(0)).isEqualTo(new PhaseCommand.Cancel(0, 2, "worker 'b' failed"));
        assertThat(commands.get(1)).isInstanceOf(PhaseCommand.End.class);
        assertThat(((PhaseCommand.End) commands.get(1))
                        .results()
                        .get("a")
                        .outcome()
                        .reason())
                .isEqualTo("worker 'b' failed");
        assertThat(commands).hasSize(2);
        assertThat(phase.failure(((PhaseCommand.End) commands.get(1)).results()))
                .contains("phase 'p': worker 'b' failed: it broke; 'a' ended with it");
    }

    @Test
    public void aRefusedCallFailsWithoutAnotherAttempt() {
        Phase phase = phase(false, call("a", 5, false));

        List<PhaseCommand> commands = begun(phase).refused(0, 1, "no such job").commands();

        assertThat(commands).hasSize(1);
        assertThat(((PhaseCommand.End) commands.get(0))
                        .results()
                        .get("a")
                        .outcome()
                        .reason())
                .isEqualTo("no such job");
    }

    @Test
    public void wrongCallsEndThePhaseBeforeItBegins() {
        List<PhaseCommand> commands = PhaseProgress.of(phase(true, call("a", 5, false), call("b", 0, false)))
                .refused("nothing was started: no")
                .commands();

        assertThat(commands).hasSize(1).first().isInstanceOf(PhaseCommand.End.class);
        assertThat(((PhaseCommand.End) commands.get(0)).results().values())
                .allSatisfy(r -> assertThat(r.outcome().reason()).isEqualTo("nothing was started: no"));
    }

    @Test
    public void aCancelledPhaseEndsItsWorkersAndTellsNobody() {
        PhaseProgress one = begun(phase(false, call("a", 0, false), call("b", 0, false)))
                .settled(0, 1, GOOD)
                .then();
        PhaseProgress.Turn cancelled = one.cancelled("aborted");

        assertThat(cancelled.commands()).containsExactly(new PhaseCommand.Cancel(1, 1, "aborted"));
        assertThat(cancelled.then().settled(1, 1, GOOD).commands()).isEmpty();
        assertThat(cancelled.then().cancelled("again").commands()).isEmpty();
    }

    /**
     * Whatever comes in whatever order: no attempt is made twice or out of turn, none after the last, and the end is told
     * once, with a result for each worker.
     */
    @Test
    public void holdsItsRulesForRandomPhases() {
        for (int run = 0; run < 2_000; run++) {
            long seed = 77_000L + run;
            new RandomPhase(new Random(seed)).play("seed " + seed);
        }
    }

    private static final class RandomPhase {
        private final Random random;
        private final Phase phase;
        private final Map<Integer, Integer> attempts = new HashMap<>();
        private final List<int[]> settlements = new ArrayList<>();
        private final Deque<PhaseCommand> commands = new ArrayDeque<>();
        private PhaseProgress progress;
        private int ends;

        private RandomPhase(Random random) {
            this.random = random;
            WorkerCall[] calls = new WorkerCall[1 + random.nextInt(6)];
            for (int index = 0; index < calls.length; index++) {
                calls[index] = call("w" + index, random.nextInt(3), random.nextBoolean());
            }
            phase = phase(random.nextBoolean(), calls);
        }

        private void play(String seed) {
            take(PhaseProgress.of(phase).start());
            boolean cancelled = false;
            while (!commands.isEmpty() || !settlements.isEmpty()) {
                obey(seed);
                if (settlements.isEmpty()) {
                    break;
                }
                if (random.nextInt(40) == 0) {
                    cancelled = true;
                    take(progress.cancelled("aborted"));
                }
                Collections.shuffle(settlements, random);
                int[] next = settlements.remove(0);
                WorkerResult result = random.nextInt(3) == 0 ? BAD : GOOD;
                take(
                        random.nextInt(20) == 0
                                ? progress.refused(next[0], next[1], "refused")
                                : progress.settled(next[0], next[1], result));
                if (random.nextBoolean()) {
                    // Told twice.
                    take(progress.settled(next[0], next[1], result));
                }
            }
            assertThat(progress.over()).as(seed).isTrue();
            assertThat(ends).as(seed).isEqualTo(cancelled && ends == 0 ? 0 : 1);
        }

        private void take(PhaseProgress.Turn turn) {
            progress = turn.then();
            commands.addAll(turn.commands());
        }

        private void obey(String seed) {
            while (!commands.isEmpty()) {
                PhaseCommand command = commands.remove();
                if (command instanceof PhaseCommand.Submit submit) {
                    assertThat(ends).as(seed).isZero();
                    assertThat(attempts.merge(submit.index(), 1, Integer::sum))
                            .as(seed)
                            .isEqualTo(submit.attempt());
                    assertThat(submit.attempt())
                            .as(seed)
                            .isLessThanOrEqualTo(1 + submit.call().retries());
                    settlements.add(new int[] {submit.index(), submit.attempt()});
                } else if (command instanceof PhaseCommand.End end) {
                    ends++;
                    assertThat(end.results().keySet())
                            .as(seed)
                            .containsExactlyElementsOf(
                                    phase.calls().stream().map(WorkerCall::name).toList());
                    assertThat(end.results().values()).as(seed).doesNotContainNull();
                }
            }
        }
    }
}
