package io.jenkins.plugins.promise.acceptance.environment;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.promise.acceptance.Promises;
import io.jenkins.plugins.promise.acceptance.submission.Submission;
import io.jenkins.plugins.promise.contract.GivenInputs;
import io.jenkins.plugins.promise.contract.Refused;
import io.jenkins.plugins.promise.contract.json.Json;
import io.jenkins.plugins.promise.environment.Entry;
import io.jenkins.plugins.promise.environment.EnvironmentRefusal;
import io.jenkins.plugins.promise.environment.EnvironmentRules;
import io.jenkins.plugins.promise.environment.ReleaseJob;
import io.jenkins.plugins.promise.environment.book.Book;
import io.jenkins.plugins.promise.environment.view.EnvironmentView;
import io.jenkins.plugins.promise.ledger.promise.Promise;
import io.jenkins.plugins.promise.ledger.promise.Submitter;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * Answers what people and programs ask about environments, and takes down what they say of them. Whoever they are is for
 * the host to know, and what they may.
 */
public final class EnvironmentDesk {
    /** How many bytes a body may have that is handed over. */
    public static final int BODY_BYTES = 1 << 20;

    private static final int MOST_HISTORY = 1_000;
    private static final int MOST_CANDIDATES = 200;

    private final Book book;
    private final Promises promises;
    private final EnvironmentView view;

    /** Of what the ledger has. */
    public EnvironmentDesk(Book book, Promises promises) {
        this.book = book;
        this.promises = promises;
        this.view = new EnvironmentView(book);
    }

    private static <T> T refusing(Supplier<T> told) throws Refused {
        try {
            return told.get();
        } catch (EnvironmentRefusal e) {
            throw EnvironmentView.refused(e);
        }
    }

    /** All environments. */
    public JsonNode all() {
        return view.all();
    }

    /** One of them. */
    public JsonNode status(String name) throws Refused {
        return refusing(() -> view.environment(book.environments().status(name)));
    }

    /** What was in one, the latest first. */
    public JsonNode history(String name) throws Refused {
        return refusing(() -> view.history(name, MOST_HISTORY));
    }

    /** What differs between two, each an environment's name or a manifest's id. */
    public JsonNode difference(String from, String to) throws Refused {
        return refusing(() -> view.difference(from, to));
    }

    /** What was and is on its way to one. */
    public JsonNode candidates(String name) throws Refused {
        return refusing(() -> view.candidates(name, MOST_CANDIDATES));
    }

    /**
     * Takes a candidate.
     *
     * @param commits as JSON, by component
     */
    public JsonNode candidate(String name, byte[] commits) throws Refused {
        Map<String, String> read = read(commits, "the candidate", new TypeReference<TreeMap<String, String>>() {});
        return refusing(() -> EnvironmentView.candidate(book.candidates().submit(name, Entry.all(read))));
    }

    /** Lets nothing begin there. */
    public JsonNode freeze(String name, String who, String why) throws Refused {
        String reason = needed("why", why);
        return refusing(() -> {
            book.environments().freeze(name, who, reason);
            return view.environment(book.environments().status(name));
        });
    }

    /** Lets it go on. */
    public JsonNode unfreeze(String name, String who) throws Refused {
        return refusing(() -> {
            book.environments().unfreeze(name, who);
            return view.environment(book.environments().status(name));
        });
    }

    /** Lets a manifest come there. */
    public JsonNode approve(String name, String manifest, String who) throws Refused {
        String id = needed("manifest", manifest);
        return refusing(() -> Json.mapper().valueToTree(book.environments().approve(name, id, who)));
    }

    private static String needed(String parameter, String given) throws Refused {
        if (given == null || given.isBlank()) {
            throw new Refused(Refused.Why.INVALID, "the parameter " + parameter + " must be given");
        }
        return given.trim();
    }

    /**
     * Has an earlier manifest released by the environment's own job.
     *
     * @param manifest its id; null or blank for what was there before
     * @param inputs of that job, as JSON; empty for none
     */
    public Promise rollback(String name, String manifest, byte[] inputs, Submitter submitter) throws Refused {
        Map<String, String> given = new TreeMap<>();
        if (inputs.length > 0) {
            given.putAll(read(inputs, "the inputs", new TypeReference<TreeMap<String, String>>() {}));
        }
        String wanted = manifest == null || manifest.isBlank()
                ? refusing(() -> book.environments().previous(name).id())
                : manifest;
        given.put(ReleaseJob.MANIFEST, wanted);
        given.put(ReleaseJob.ROLL_BACK, "true");
        return promises.submit(Submission.of(ReleaseJob.name(name), GivenInputs.of(given), null, submitter))
                .promise();
    }

    /**
     * Declares environments.
     *
     * @param rules as JSON, in the order of the environments
     */
    public JsonNode declare(byte[] rules) throws Refused {
        book.environments().declare(read(rules, "the declaration", new TypeReference<List<EnvironmentRules>>() {}));
        return view.all();
    }

    private static <T> T read(byte[] body, String what, TypeReference<T> type) throws Refused {
        try {
            T read = Json.mapper().readValue(body, type);
            boolean hole = read == null
                    || (read instanceof Map<?, ?> map && map.containsValue(null))
                    || (read instanceof List<?> list && list.contains(null));
            if (hole) {
                throw new Refused(Refused.Why.INVALID, what + " has null where a value is needed");
            }
            return read;
        } catch (JsonProcessingException e) {
            throw new Refused(Refused.Why.INVALID, what + " cannot be read: " + Json.told(e));
        } catch (IOException e) {
            throw new Refused(Refused.Why.INVALID, what + " cannot be read");
        }
    }
}
