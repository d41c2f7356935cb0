package io.jenkins.plugins.promise.engine;

import com.cloudbees.groovy.cps.Continuable;
import com.cloudbees.groovy.cps.Envs;
import com.cloudbees.groovy.cps.impl.ConstantBlock;
import com.cloudbees.groovy.cps.impl.CpsCallableInvocation;
import groovy.lang.Closure;
import io.jenkins.plugins.promise.engine.sandbox.ScriptInvoker;
import io.jenkins.plugins.promise.orchestration.Phase;
import io.jenkins.plugins.promise.orchestration.StepException;
import io.jenkins.plugins.promise.orchestration.WorkerCall;
import io.jenkins.plugins.promise.orchestration.environment.EnvironmentAnswer;
import io.jenkins.plugins.promise.orchestration.environment.EnvironmentArguments;
import io.jenkins.plugins.promise.orchestration.environment.EnvironmentCall;
import io.jenkins.plugins.promise.orchestration.environment.HeldLease;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Set;

/** Carries out the steps at which a script suspends itself. */
final class StepExecution {
    private final ProgramHost host;
    private final ProgramState state;
    private final Waits waits;
    private final ScriptFailures failures;

    StepExecution(ProgramHost host, ProgramState state, Waits waits, ScriptFailures failures) {
        this.host = host;
        this.state = state;
        this.waits = waits;
        this.failures = failures;
    }

    /**
     * Carries out one; then the branch waits, or knows what it goes on with.
     *
     * @throws StepException if it was used wrongly
     */
    void carryOut(Branch branch, Step step) {
        if (step instanceof Step.Mark mark) {
            host.marked(mark.number());
            branch.goOn(null);
        } else if (step instanceof Step.Echo echo) {
            host.print(echo.text());
            branch.goOn(null);
        } else if (step instanceof Step.Caught caught) {
            failures.caught(caught);
            branch.goOn(null);
        } else if (step instanceof Step.SetReport set) {
            state.reported = set.outcome();
            branch.goOn(null);
        } else if (step instanceof Step.BeginPhase begin) {
            beginPhase(branch, begin);
        } else if (step instanceof Step.Worker worker) {
            declare(branch, worker.call());
        } else if (step instanceof Step.EndPhase) {
            endPhase(branch);
        } else if (step instanceof Step.ActDeclared done) {
            EnvironmentArguments.declared(
                    done.act(), done.acts(), branch.declaring.calls().size());
            branch.goOn(null);
        } else if (step instanceof Step.AbandonPhase) {
            branch.declaring = null;
            branch.goOn(null);
        } else {
            wait(branch, step);
        }
    }

    private void beginPhase(Branch branch, Step.BeginPhase begin) {
        if (branch.declaring != null) {
            throw new StepException("the phase '" + begin.name() + "' stands in the phase '" + branch.declaring.name()
                    + "'; phases follow each other, or run in branches of parallel");
        }
        branch.declaring = Phase.declared(++state.phases, begin.name(), begin.options());
        branch.goOn(null);
    }

    private void declare(Branch branch, WorkerCall call) {
        host.declared(call);
        if (branch.declaring == null) {
            waitFor(branch, Phase.of(++state.phases, call));
        } else {
            branch.declaring = branch.declaring.with(call);
            branch.goOn(call.name());
        }
    }

    private void endPhase(Branch branch) {
        Phase phase = branch.declaring;
        branch.declaring = null;
        if (phase.calls().isEmpty()) {
            branch.goOn(new LinkedHashMap<>());
        } else {
            waitFor(branch, phase);
        }
    }

    private void waitFor(Branch branch, Phase phase) {
        state.workers += phase.calls().size();
        HeldLease lease = branch.lease();
        branch.phase = lease == null ? phase : phase.under(lease.fence());
        waits.phase(branch.phase);
    }

    private void ask(Branch branch, EnvironmentCall call) {
        branch.question = ++state.questions;
        branch.asks = call;
        waits.question(branch.question, call);
    }

    /** Lets a branch go on that had asked an environment. */
    void answered(Branch branch, EnvironmentAnswer answer) {
        EnvironmentCall call = branch.asks;
        branch.asks = null;
        if (answer instanceof EnvironmentAnswer.Refused refused) {
            branch.fail(new ReportedFailure(refused.why()));
            return;
        }
        Object value = ((EnvironmentAnswer.Given) answer).value();
        if (call instanceof EnvironmentCall.Take taken) {
            branch.leases().put(taken.environment(), ((Number) value).longValue());
        }
        branch.goOn(value);
    }

    private EnvironmentCall take(String environment) {
        Set<String> taken = new HashSet<>();
        for (Branch branch : state.branches.values()) {
            taken.addAll(branch.leases().keySet());
            if (branch.asks instanceof EnvironmentCall.Take asked) {
                taken.add(asked.environment());
            }
        }
        return EnvironmentArguments.take(environment, taken, host.now());
    }

    private EnvironmentCall asked(Branch branch, Step step) {
        if (step instanceof Step.Ask ask) {
            return ask.call();
        }
        if (step instanceof Step.TakeLease take) {
            return take(take.environment());
        }
        if (step instanceof Step.GiveLeaseBack back) {
            return new EnvironmentCall.GiveBack(
                    back.environment(), branch.leases().remove(back.environment()));
        }
        if (step instanceof Step.AwaitApproval approval) {
            return EnvironmentArguments.approval(approval.arguments(), host.now());
        }
        if (step instanceof Step.Integrate begin) {
            return EnvironmentArguments.integrate(begin.plan(), branch.lease());
        }
        if (step instanceof Step.Release begin) {
            return EnvironmentArguments.release(begin.arguments(), branch.lease());
        }
        if (step instanceof Step.TellWork tell) {
            return EnvironmentArguments.told(tell.turn(), tell.results(), branch.lease());
        }
        throw new IllegalStateException("unknown step " + step);
    }

    private void wait(Branch branch, Step step) {
        if (branch.declaring != null) {
            throw Phase.onlyDeclares(branch.declaring.name());
        }
        if (step instanceof Step.Sleep sleep) {
            branch.timer = ++state.timers;
            branch.wakes = host.now().plus(sleep.duration());
            waits.timer(branch.timer, branch.wakes);
        } else if (step instanceof Step.BeginTimeout timeout) {
            int timer = ++state.timers;
            branch.timeouts.put(timer, host.now().plus(timeout.duration()));
            waits.timer(timer, branch.timeouts.get(timer));
            branch.goOn(timer);
        } else if (step instanceof Step.EndTimeout timeout) {
            branch.timeouts.remove(timeout.scope());
            branch.goOn(null);
        } else if (step instanceof Step.Parallel parallel) {
            branch.group = new BranchGroup(parallel.failFast());
            parallel.branches().forEach((name, body) -> {
                Branch child = new Branch(++state.lastBranch, branch.id, program(body));
                child.leases().putAll(branch.leases());
                branch.group.add(child.id, name);
                state.branches.put(child.id, child);
            });
        } else {
            ask(branch, asked(branch, step));
        }
    }

    private static Continuable program(Closure<?> body) {
        try {
            return new Continuable(new ConstantBlock(body.call()));
        } catch (CpsCallableInvocation invocation) {
            return new Continuable(invocation.asBlock(), Envs.empty(new ScriptInvoker()));
        }
    }
}
