package io.jenkins.plugins.promise.jenkins.steps.environment

import org.jenkinsci.plugins.workflow.cps.CpsScript

/** What a script calls as integrate and release: does what is to be done next in an environment, turn by turn. */
class WorkDsl implements Serializable {
    private static final long serialVersionUID = 1

    private final CpsScript script
    private final String begins

    WorkDsl(CpsScript script, String begins) {
        this.script = script
        this.begins = begins
    }

    def call(Map arguments, Closure act) {
        def work = script.steps.environmentWork([(begins): arguments])
        while (work != null && work.acts) {
            def acts = work.acts
            def results = script.phase(work.phase, propagate: false) {
                for (int i = 0; i < acts.size(); i++) {
                    act.call(acts[i])
                    script.steps.environmentWork(act: acts[i], acts: i + 1)
                }
            }
            work = script.steps.environmentWork(turn: work.turn, results: new ArrayList(results.values()))
        }
        return work == null ? null : work.outcome
    }
}
