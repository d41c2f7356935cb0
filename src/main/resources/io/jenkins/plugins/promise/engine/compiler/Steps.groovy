package io.jenkins.plugins.promise.engine

/**
 * The steps that have a body. This class is CPS-transformed together with the scripts that extend it, so that a body may
 * wait for days and over a restart. Each step has explicit overloads: default arguments are not CPS-transformed.
 */
abstract class Steps extends OrchestrationScript {
    Object phase(Map options, String name, Closure body) {
        beginPhase(name, options)
        try {
            body.call()
        } catch (Throwable t) {
            abandonPhase()
            throw t
        }
        return endPhase()
    }

    Object phase(String name, Closure body) {
        return phase([:], name, body)
    }

    Object phase(Map arguments, Closure body) {
        Map options = new LinkedHashMap(arguments)
        Object name = options.remove('name')
        if (name == null) {
            error("phase needs a name, as in phase('build') { … }")
        }
        return phase(options, name.toString(), body)
    }

    Object environment(String name, Closure body) {
        takeLease(name)
        try {
            return body.call()
        } finally {
            giveLeaseBack(name)
        }
    }

    Object environment(Map arguments, Closure body) {
        Object name = arguments.name
        if (name == null) {
            error("environment needs a name, as in environment('test') { … }")
        }
        return environment(name.toString(), body)
    }

    Object integrate(Map plan, Closure act) {
        return performed(beginIntegration(plan), act)
    }

    Object release(Map arguments, Closure act) {
        return performed(beginRelease(arguments), act)
    }

    /** Does what is to be done next, turn by turn: the body declares one worker for each act. */
    Object performed(Object begun, Closure act) {
        Object work = begun
        while (work != null && work.acts) {
            beginPhase(work.phase, [propagate: false])
            try {
                int declared = 0
                for (one in work.acts) {
                    act.call(one)
                    declared++
                    actDeclared(one, declared)
                }
            } catch (Throwable t) {
                abandonPhase()
                throw t
            }
            work = tellWork(work.turn, endPhase())
        }
        return work == null ? null : work.outcome
    }

    Object stage(String name, Closure body) {
        echo("stage: " + name)
        return body.call()
    }

    Object retry(Map arguments, Closure body) {
        return retry(arguments.count as int, body)
    }

    Object retry(int count, Closure body) {
        int left = count
        while (true) {
            left--
            try {
                return body.call()
            } catch (Interruption i) {
                throw i
            } catch (Exception e) {
                if (left <= 0) {
                    throw e
                }
                echo("retrying, " + left + " left: " + e.message)
            }
        }
    }

    Object timeout(int minutes, Closure body) {
        return timeout([time: minutes], body)
    }

    Object timeout(Map arguments, Closure body) {
        int scope = beginTimeout(arguments)
        try {
            return body.call()
        } catch (Interruption i) {
            if (i.scope() == scope) {
                throw new ReportedFailure(i.message)
            }
            throw i
        } finally {
            endTimeout(scope)
        }
    }

    Object catchError(Closure body) {
        return catchError([:], body)
    }

    Object catchError(Map arguments, Closure body) {
        try {
            return body.call()
        } catch (Interruption i) {
            throw i
        } catch (Exception e) {
            echo("caught: " + (arguments.message ?: e.message))
            Object result = (arguments.buildResult ?: 'FAILURE').toString()
            tellCaughtError(e, result)
            currentBuild.setResult(result)
            return null
        }
    }
}
