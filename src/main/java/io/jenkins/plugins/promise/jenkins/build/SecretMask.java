package io.jenkins.plugins.promise.jenkins.build;

import hudson.Extension;
import hudson.console.ConsoleLogFilter;
import hudson.model.AbstractBuild;
import hudson.model.Run;
import io.jenkins.plugins.promise.contract.Refused;
import io.jenkins.plugins.promise.jenkins.JenkinsController;
import io.jenkins.plugins.promise.report.Masker;
import java.io.IOException;
import java.io.OutputStream;
import java.io.Serializable;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jenkinsci.plugins.workflow.flow.FlowExecutionOwner;
import org.jenkinsci.plugins.workflow.log.TaskListenerDecorator;

/** Masks the secret inputs of a promise in its build's log. */
public final class SecretMask implements Serializable {
    private static final long serialVersionUID = 1;
    private static final Logger LOGGER = Logger.getLogger(SecretMask.class.getName());

    private final ArrayList<String> secrets;

    private SecretMask(List<String> secrets) {
        this.secrets = new ArrayList<>(secrets);
    }

    /** The mask of a build; masks nothing if it has no promise or no secrets. */
    private static SecretMask of(Run<?, ?> run) {
        BuildPromiseAction action = run.getAction(BuildPromiseAction.class);
        if (action == null || !JenkinsController.get().started()) {
            return new SecretMask(List.of());
        }
        try {
            return new SecretMask(JenkinsController.get().promises().secrets().values(action.first()));
        } catch (Refused e) {
            LOGGER.log(Level.FINE, "a build whose promise was dropped", e);
            return new SecretMask(List.of());
        }
    }

    private OutputStream over(OutputStream log, Charset charset) {
        return secrets.isEmpty() ? log : new Masker(secrets).over(log, charset);
    }

    /** For builds that are no Pipelines. */
    @Extension
    public static final class Filter extends ConsoleLogFilter {
        @Override
        @SuppressWarnings("rawtypes") // as Jenkins declares it
        public OutputStream decorateLogger(AbstractBuild build, OutputStream log) {
            return build == null ? log : of(build).over(log, build.getCharset());
        }
    }

    /** For Pipelines, on the controller and on agents. */
    private static final class Decorator extends TaskListenerDecorator {
        private static final long serialVersionUID = 1;

        private final SecretMask mask;

        private Decorator(SecretMask mask) {
            this.mask = mask;
        }

        @Override
        public OutputStream decorate(OutputStream log) {
            return mask.over(log, StandardCharsets.UTF_8);
        }
    }

    /** Puts the mask on every Pipeline that has secrets. */
    @Extension
    public static final class Factory implements TaskListenerDecorator.Factory {
        @Override
        public TaskListenerDecorator of(FlowExecutionOwner owner) {
            try {
                SecretMask mask = owner.getExecutable() instanceof Run<?, ?> run ? SecretMask.of(run) : null;
                return mask == null || mask.secrets.isEmpty() ? null : new Decorator(mask);
            } catch (IOException e) {
                LOGGER.log(Level.WARNING, "the build of a log is not there", e);
                return null;
            }
        }
    }
}
