package io.jenkins.plugins.promise.environment.steps;

import io.jenkins.plugins.promise.environment.Candidate;
import io.jenkins.plugins.promise.environment.CandidateState;
import io.jenkins.plugins.promise.environment.work.Act;
import io.jenkins.plugins.promise.environment.work.ActResult;
import io.jenkins.plugins.promise.environment.work.Outcome;
import io.jenkins.plugins.promise.environment.work.Work;
import io.jenkins.plugins.promise.orchestration.environment.EnvironmentCall;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Work and candidates as scripts see them: maps, lists, texts, numbers, true and false. */
public final class WorkValues {
    private static final int MOST_NAMED = 4;

    private WorkValues() {}

    /**
     * Work where it stands: {@code turn}, the name of the {@code phase} in which its {@code acts} are to be done, each with
     * {@code kind}, {@code component} and {@code commit}; or its {@code outcome} when there are none.
     */
    public static Map<String, Object> of(int turn, Work work) {
        Map<String, Object> value = new LinkedHashMap<>();
        value.put("turn", turn);
        value.put("phase", phase(work.acts()));
        value.put(
                "acts",
                new ArrayList<>(work.acts().stream().map(WorkValues::act).toList()));
        value.put("outcome", work instanceof Work.Ended ended ? outcome(ended.outcome()) : null);
        return value;
    }

    private static Map<String, Object> act(Act act) {
        Map<String, Object> value = new LinkedHashMap<>();
        value.put("kind", act.kind().name());
        value.put("component", act.component());
        value.put("commit", act.entry().commit());
        return value;
    }

    /** What is done, with the names of few components or the number of many. */
    public static String phase(List<Act> acts) {
        if (acts.isEmpty()) {
            return "";
        }
        String kind = acts.get(0).kind().name().toLowerCase(Locale.ROOT);
        return kind + " "
                + (acts.size() > MOST_NAMED
                        ? acts.size() + " components"
                        : String.join(", ", acts.stream().map(Act::component).toList()));
    }

    /** How it ended: {@code good}, {@code told}, and what else is known of it. */
    public static Map<String, Object> outcome(Outcome outcome) {
        Map<String, Object> value = new LinkedHashMap<>();
        value.put("good", outcome.good());
        value.put("told", outcome.told());
        value.put("held", outcome instanceof Outcome.Held);
        if (outcome instanceof Outcome.Integrated integrated) {
            value.put("manifest", integrated.manifest().id());
            value.put("tested", new ArrayList<>(integrated.tested()));
            value.put("passed", new ArrayList<>(integrated.passed()));
            if (integrated.rejected() != null) {
                value.put("rejected", integrated.rejected().candidate());
                value.put("broke", new ArrayList<>(integrated.rejected().broke()));
            }
        } else if (outcome instanceof Outcome.Released released) {
            value.put("manifest", released.to().id());
        } else if (outcome instanceof Outcome.PutBack back) {
            value.put("manifest", back.from().manifest().id());
        }
        return value;
    }

    /** A candidate: {@code number}, {@code state}, whether it is {@code open} or ended {@code good}, and a sentence. */
    public static Map<String, Object> of(Candidate candidate) {
        CandidateState state = candidate.state();
        Map<String, Object> value = new LinkedHashMap<>();
        value.put("number", candidate.number());
        value.put("state", state.word());
        value.put("open", !state.settled());
        value.put("good", state instanceof CandidateState.Passed || state instanceof CandidateState.Released);
        value.put("told", told(candidate));
        if (state instanceof CandidateState.Passed passed) {
            value.put("manifest", passed.manifest());
        } else if (state instanceof CandidateState.Released released) {
            value.put("manifest", released.manifest());
        } else if (state instanceof CandidateState.Rejected rejected) {
            value.put("broke", new ArrayList<>(rejected.broke()));
        }
        return value;
    }

    private static String told(Candidate candidate) {
        String name = "candidate " + candidate.number();
        if (candidate.state() instanceof CandidateState.Passed passed) {
            return name + " passed in manifest " + passed.manifest();
        }
        if (candidate.state() instanceof CandidateState.Released released) {
            return name + " came to " + released.environment() + " in manifest " + released.manifest();
        }
        if (candidate.state() instanceof CandidateState.Rejected rejected) {
            return rejected.reason();
        }
        if (candidate.state() instanceof CandidateState.Replaced replaced) {
            return name + " was replaced by candidate " + replaced.by() + " before it began";
        }
        return name + " waits";
    }

    /**
     * What came of acts.
     *
     * @param told in the order of the acts
     */
    public static List<ActResult> results(List<Act> acts, List<EnvironmentCall.Result> told) {
        if (acts.size() != told.size()) {
            throw new IllegalStateException(told.size() + " results of " + acts.size() + " acts");
        }
        List<ActResult> results = new ArrayList<>();
        for (int index = 0; index < acts.size(); index++) {
            Act act = acts.get(index);
            EnvironmentCall.Result result = told.get(index);
            String commit = act.kind() == Act.Kind.PROBE && result.ok() ? result.commit() : null;
            results.add(new ActResult(act, result.ok(), result.ok() ? null : result.reason(), commit));
        }
        return results;
    }
}
