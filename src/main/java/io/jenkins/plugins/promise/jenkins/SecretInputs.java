package io.jenkins.plugins.promise.jenkins;

import hudson.EnvVars;
import hudson.model.Run;
import io.jenkins.plugins.promise.contract.Input;
import java.util.Set;
import java.util.TreeSet;
import org.jenkinsci.plugins.workflow.steps.EnvironmentExpander;

/** Tells Pipeline which variables hold secret inputs, so that it does not write them down with a step's arguments. */
final class SecretInputs extends EnvironmentExpander {
    private static final long serialVersionUID = 1;

    private final TreeSet<String> names;

    private SecretInputs(TreeSet<String> names) {
        this.names = names;
    }

    static SecretInputs of(Run<?, ?> run) {
        TreeSet<String> names = new TreeSet<>();
        PromiseContract contract = run.getParent().getProperty(PromiseContract.class);
        if (contract != null) {
            contract.contract().inputs().stream().filter(Input::secret).forEach(i -> names.add(i.name()));
        }
        return new SecretInputs(names);
    }

    @Override
    public void expand(EnvVars env) {
        // The build has them in its environment already.
    }

    @Override
    public Set<String> getSensitiveVariables() {
        return names;
    }
}
