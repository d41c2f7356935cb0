package io.jenkins.plugins.promise.jenkins.steps

import org.jenkinsci.plugins.workflow.cps.CpsScript

/** What a script calls as phase: the step of that name, inside a stage of the same name. */
class PhaseDsl implements Serializable {
    private static final long serialVersionUID = 1

    private final CpsScript script

    PhaseDsl(CpsScript script) {
        this.script = script
    }

    def call(String name, Closure body) {
        call([:], name, body)
    }

    def call(Map options, Closure body) {
        def rest = new LinkedHashMap(options)
        String name = rest.remove('name')
        call(rest, name, body)
    }

    def call(Map options, String name, Closure body) {
        def step = [name: name]
        step.putAll(options)
        script.stage(name) {
            script.steps.phase(step, body)
        }
    }
}
