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
            currentBuild.setResult((arguments.buildResult ?: 'FAILURE').toString())
            return null
        }
    }
}
