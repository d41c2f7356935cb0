package io.jenkins.plugins.promise.rehearsal;

import io.jenkins.plugins.promise.deployment.bundle.ScriptSource;
import io.jenkins.plugins.promise.engine.compiler.MarkedScript;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * How much of an orchestration its rehearsals came to.
 *
 * @param job the orchestration
 * @param lines how many lines have statements
 * @param linesRun how many of them were run
 * @param branches how many branches its ifs have
 * @param branchesRun how many of them were taken
 * @param never what was never run, as {@code file:line}, with what it is
 */
public record Coverage(String job, int lines, int linesRun, int branches, int branchesRun, List<String> never) {
    /** Copies what it is given. */
    public Coverage {
        never = new ArrayList<>(never);
    }

    static Coverage of(String job, MarkedScript script, Set<Integer> run) {
        Set<Integer> lines = new TreeSet<>();
        Set<Integer> linesRun = new TreeSet<>();
        List<String> never = new ArrayList<>();
        int branches = 0;
        int branchesRun = 0;
        for (int number = 0; number < script.marks().size(); number++) {
            MarkedScript.Mark mark = script.marks().get(number);
            boolean was = run.contains(number);
            if (mark.kind() == MarkedScript.Kind.STATEMENT) {
                lines.add(mark.line());
                if (was) {
                    linesRun.add(mark.line());
                }
            } else {
                branches++;
                branchesRun += was ? 1 : 0;
                // One that was never come to is told as its line is.
                if (!was && run.contains(other(script.marks(), number))) {
                    never.add(at(script, mark.line())
                            + (mark.kind() == MarkedScript.Kind.THEN
                                    ? ": the condition never held"
                                    : ": the condition always held"));
                }
            }
        }
        for (int line : lines) {
            if (!linesRun.contains(line)) {
                never.add(at(script, line) + ": never run");
            }
        }
        return new Coverage(job, lines.size(), linesRun.size(), branches, branchesRun, never);
    }

    /** The other branch of the same condition. */
    private static int other(List<MarkedScript.Mark> marks, int branch) {
        MarkedScript.Mark mark = marks.get(branch);
        for (int distance = 1; distance < marks.size(); distance++) {
            for (int number : new int[] {branch - distance, branch + distance}) {
                if (number >= 0
                        && number < marks.size()
                        && marks.get(number).line() == mark.line()
                        && marks.get(number).kind() != mark.kind()
                        && marks.get(number).kind() != MarkedScript.Kind.STATEMENT) {
                    return number;
                }
            }
        }
        return branch;
    }

    private static String at(MarkedScript script, int line) {
        ScriptSource.Location at = script.script().source().at(line);
        return at.file() + ":" + at.line();
    }
}
