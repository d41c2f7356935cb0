package io.jenkins.plugins.promise.jenkins.steps;

import hudson.Extension;
import hudson.model.Run;
import io.jenkins.plugins.promise.jenkins.job.PromiseScript;
import io.jenkins.plugins.promise.orchestration.script.ScriptGuard;
import java.io.IOException;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.codehaus.groovy.control.CompilerConfiguration;
import org.jenkinsci.plugins.workflow.cps.CpsFlowExecution;
import org.jenkinsci.plugins.workflow.cps.GroovyShellDecorator;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;

/**
 * Looks at the scripts of promise orchestrations with the eyes of {@code promise check} before Pipeline compiles them. No
 * other Pipeline is looked at: it may live with what its engine makes of it.
 */
@Extension
public final class OrchestrationGuard extends GroovyShellDecorator {
    private static final Logger LOGGER = Logger.getLogger(OrchestrationGuard.class.getName());

    @Override
    public void configureCompiler(CpsFlowExecution execution, CompilerConfiguration compiler) {
        if (execution != null && ofOrchestration(execution)) {
            compiler.addCompilationCustomizers(new ScriptGuard());
        }
    }

    private static boolean ofOrchestration(CpsFlowExecution execution) {
        try {
            return execution.getOwner().getExecutable() instanceof Run<?, ?> run
                    && run.getParent() instanceof WorkflowJob job
                    && job.getDefinition() instanceof PromiseScript;
        } catch (IOException e) {
            LOGGER.log(Level.FINE, "a program that belongs to no build", e);
            return false;
        }
    }
}
