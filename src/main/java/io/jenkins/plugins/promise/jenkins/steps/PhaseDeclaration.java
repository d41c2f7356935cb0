package io.jenkins.plugins.promise.jenkins.steps;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import hudson.util.Secret;
import io.jenkins.plugins.promise.contract.json.Json;
import io.jenkins.plugins.promise.orchestration.Phase;
import io.jenkins.plugins.promise.orchestration.StepException;
import io.jenkins.plugins.promise.orchestration.WorkerCall;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/**
 * What the body of a phase has declared so far. It is saved with the running program, so the calls' arguments, among which
 * may be secret inputs, are kept encrypted.
 */
public final class PhaseDeclaration implements Serializable {
    private static final long serialVersionUID = 1;

    private final String name;
    private final LinkedHashMap<String, Object> options;
    private final boolean single;
    private final ArrayList<String> calls = new ArrayList<>();
    /** In clear, so that a thousand calls are not opened again for each new one. */
    private LinkedHashSet<String> names = new LinkedHashSet<>();

    private PhaseDeclaration(String name, Map<String, Object> options, boolean single) {
        this.name = name;
        this.options = new LinkedHashMap<>(options);
        this.single = single;
    }

    /** One that was saved before it knew the names reads them once. */
    private Object readResolve() {
        if (names == null) {
            names = new LinkedHashSet<>();
            if (!single) {
                phase(1).calls().forEach(call -> names.add(call.name()));
            }
        }
        return this;
    }

    /**
     * A phase that declares nothing yet.
     *
     * @throws StepException if an option is not as it must be
     */
    static PhaseDeclaration of(String name, Map<String, Object> options) {
        Phase.declared(1, name, options);
        return new PhaseDeclaration(name, options, false);
    }

    /** A worker outside a phase. */
    static PhaseDeclaration single(Map<String, Object> arguments) {
        PhaseDeclaration declaration = new PhaseDeclaration("", Map.of(), true);
        declaration.add(arguments);
        return declaration;
    }

    /**
     * Adds a worker.
     *
     * @throws StepException naming the argument that is wrong, or if there is a worker of that name
     */
    void add(Map<String, Object> arguments) {
        WorkerCall call = WorkerCall.of(arguments);
        if (!single && !names.add(call.name())) {
            // Which knows the words for that.
            var unused = phase(1).with(call);
        }
        Map<String, Object> plain = new LinkedHashMap<>(arguments);
        plain.put("inputs", call.inputs());
        try {
            calls.add(Secret.fromString(Json.mapper().writeValueAsString(plain)).getEncryptedValue());
        } catch (JsonProcessingException e) {
            throw new StepException("worker '" + call.job() + "': " + e.getOriginalMessage());
        }
    }

    /** The phase's name. */
    public String name() {
        return name;
    }

    /** How many workers it has so far. */
    public int size() {
        return calls.size();
    }

    /** The phase, with that number in its orchestration. */
    Phase phase(int number) {
        if (single) {
            return Phase.of(number, workers().get(0));
        }
        Phase phase = Phase.declared(number, name, options);
        for (WorkerCall call : workers()) {
            phase = phase.with(call);
        }
        return phase;
    }

    private List<WorkerCall> workers() {
        List<WorkerCall> workers = new ArrayList<>();
        for (String sealed : calls) {
            Secret secret = Secret.decrypt(sealed);
            if (secret == null) {
                throw new IllegalStateException("the phase was saved by another controller");
            }
            try {
                workers.add(WorkerCall.of(
                        Json.mapper().readValue(secret.getPlainText(), new TypeReference<Map<String, Object>>() {})));
            } catch (JsonProcessingException e) {
                throw new IllegalStateException("it was written by the same mapper", e);
            }
        }
        return workers;
    }
}
