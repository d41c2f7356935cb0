package io.jenkins.plugins.promise.jenkins.steps;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import hudson.AbortException;
import hudson.model.Run;
import hudson.util.Secret;
import io.jenkins.plugins.promise.contract.Contract;
import io.jenkins.plugins.promise.contract.Input;
import io.jenkins.plugins.promise.contract.json.Json;
import io.jenkins.plugins.promise.deployment.bundle.Deployed;
import io.jenkins.plugins.promise.jenkins.job.PromiseContract;
import io.jenkins.plugins.promise.orchestration.StepException;
import io.jenkins.plugins.promise.orchestration.WorkerCall;
import java.util.LinkedHashMap;
import java.util.Map;

/** A worker's inputs in a form that may be written down. */
final class SealedInputs {
    private static final String SEALED = "sealedInputs";
    private static final String INPUTS = "inputs";

    private SealedInputs() {}

    /**
     * The arguments of the step {@code worker}, its inputs sealed if the build's job or the one called has secret inputs,
     * or if it is not known what is called.
     */
    static Map<String, Object> of(Run<?, ?> run, Map<String, Object> arguments)
            throws AbortException, JsonProcessingException {
        if (!secret(run, String.valueOf(arguments.get("job"))) || !(arguments.get(INPUTS) instanceof Map<?, ?>)) {
            return arguments;
        }
        Map<String, Object> checked = new LinkedHashMap<>();
        checked.put("job", arguments.get("job"));
        checked.put(INPUTS, arguments.get(INPUTS));
        Map<String, Object> sealed = new LinkedHashMap<>(arguments);
        sealed.remove(INPUTS);
        try {
            Map<String, String> inputs = WorkerCall.of(checked).inputs();
            sealed.put(
                    SEALED,
                    Secret.fromString(Json.mapper().writeValueAsString(inputs)).getEncryptedValue());
            return sealed;
        } catch (StepException e) {
            throw new AbortException(e.getMessage());
        }
    }

    private static boolean secret(Run<?, ?> run, String called) {
        PromiseContract contract = run == null ? null : run.getParent().getProperty(PromiseContract.class);
        return contract == null
                || secret(contract.contract())
                || new CalledJobs(run)
                        .seen(called)
                        .map(Deployed::contract)
                        .filter(c -> !secret(c))
                        .isEmpty();
    }

    private static boolean secret(Contract contract) {
        return contract.inputs().stream().anyMatch(Input::secret);
    }

    /** The inputs again. */
    static Map<String, Object> open(String sealed) {
        Secret secret = Secret.decrypt(sealed);
        if (secret == null) {
            throw new IllegalArgumentException("sealedInputs was not sealed by this controller");
        }
        try {
            return Json.mapper().readValue(secret.getPlainText(), new TypeReference<Map<String, Object>>() {});
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("sealedInputs was not sealed by this controller", e);
        }
    }
}
