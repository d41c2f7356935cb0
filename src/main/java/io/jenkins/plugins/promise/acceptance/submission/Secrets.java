package io.jenkins.plugins.promise.acceptance.submission;

import io.jenkins.plugins.promise.acceptance.host.Sealer;
import io.jenkins.plugins.promise.contract.Contract;
import io.jenkins.plugins.promise.contract.Input;
import io.jenkins.plugins.promise.ledger.promise.Promise;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;

/** The secret inputs of promises: sealed in the ledger, in clear for their builds only. */
public final class Secrets {
    private static final Logger LOGGER = Logger.getLogger(Secrets.class.getName());

    private final Sealer sealer;

    public Secrets(Sealer sealer) {
        this.sealer = sealer;
    }

    /** The names of a contract's secret inputs among those given. */
    static List<String> names(Contract contract, Map<String, String> given) {
        return contract.inputs().stream()
                .filter(Input::secret)
                .map(Input::name)
                .filter(given::containsKey)
                .toList();
    }

    /** The same inputs with those named sealed. */
    Map<String, String> seal(Map<String, String> inputs, List<String> names) {
        Map<String, String> sealed = new LinkedHashMap<>(inputs);
        names.forEach(name -> sealed.computeIfPresent(name, (n, value) -> sealer.seal(value)));
        return sealed;
    }

    /**
     * A promise's inputs in clear.
     *
     * @throws IllegalStateException naming the input that cannot be opened
     */
    public Map<String, String> inputs(Promise promise) {
        Map<String, String> inputs = new LinkedHashMap<>(promise.inputs());
        for (String name : promise.secrets()) {
            inputs.computeIfPresent(name, (n, value) -> open(n, value));
        }
        return inputs;
    }

    private String open(String name, String sealed) {
        try {
            return sealer.open(sealed);
        } catch (RuntimeException e) {
            throw new IllegalStateException("the secret input " + name + " cannot be opened: " + e.getMessage(), e);
        }
    }

    /** The values that must be shown nowhere: those that can be opened, for no others can come to light. */
    public List<String> values(Promise promise) {
        List<String> values = new ArrayList<>();
        for (String name : promise.secrets()) {
            try {
                values.add(sealer.open(promise.inputs().get(name)));
            } catch (RuntimeException e) {
                LOGGER.log(Level.FINE, "the secret " + name + " of " + promise.id() + " cannot be opened", e);
            }
        }
        return values;
    }

    String fingerprint(String content) {
        return sealer.fingerprint(content);
    }
}
