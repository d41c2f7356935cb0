package io.jenkins.plugins.promise.watching;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.re2j.Pattern;
import io.jenkins.plugins.promise.contract.Refused;
import io.jenkins.plugins.promise.contract.json.Json;
import io.jenkins.plugins.promise.watching.component.Branch;
import io.jenkins.plugins.promise.watching.history.ChangedComponents;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * Answers what is asked about watched components, and takes down what is told of pushes. Whoever tells it is for the host to
 * know, and what they may.
 */
public final class WatchDesk {
    private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{40,64}");
    private static final String TOLD = "told";

    private final Watcher watcher;
    private final ComponentWatch watch;

    /** The desk of a watch. */
    public WatchDesk(Watcher watcher, ComponentWatch watch) {
        this.watcher = watcher;
        this.watch = watch;
    }

    /**
     * An answer.
     *
     * @param status as HTTP has it
     * @param body in JSON
     */
    public record Answered(int status, ObjectNode body) {
        private static Answered of(int status, String told) {
            return new Answered(status, Json.mapper().createObjectNode().put(TOLD, told));
        }
    }

    /** What is watched, of the components that whoever asks may see. */
    public List<Watched> components(Predicate<String> seen) {
        return watcher.components().stream()
                .filter(c -> seen.test(c.component()))
                .toList();
    }

    /** The branches as they were seen last, of which whoever asks may see all components: what is told names any of them. */
    public List<Watched.Seen> branches(Predicate<String> seen) {
        return watcher.seen(seen);
    }

    /** What is known of the components that whoever asks may see, and of their branches. */
    public ObjectNode known(Predicate<String> seen) {
        ObjectNode body = Json.mapper().createObjectNode();
        body.set("components", Json.mapper().valueToTree(components(seen)));
        body.set("branches", Json.mapper().valueToTree(branches(seen)));
        return body;
    }

    /**
     * Takes a push that was let in.
     *
     * @param headers of the request, by name; null for one that it has not
     * @throws Refused if it is not signed, cannot be read, or is about no repository that is watched
     */
    public Answered push(PushReader reader, UnaryOperator<String> headers, byte[] body) throws Refused {
        Optional<Push> push = reader.read(headers, body);
        if (push.isEmpty()) {
            return Answered.of(200, "this is about no push; nothing is started");
        }
        List<Branch> branches = watcher.branches(push.get());
        if (branches.isEmpty()) {
            return Answered.of(200, "no component is built from " + push.get().ref() + "; nothing is started");
        }
        branches.forEach(watch::look);
        return Answered.of(202, "looked at soon: " + branches.get(0));
    }

    /** Looks at all branches soon: there may be others than before. */
    public void declared() {
        watch.lookAtAll();
    }

    /**
     * Takes down which commit of a component has passed, where its history does not tell any more.
     *
     * @param commit its whole hash, or {@link ChangedComponents#NONE}
     */
    public void passed(String component, String commit) throws Refused {
        boolean none = ChangedComponents.NONE.equals(commit);
        if (!none && (commit == null || !COMMIT.matches(commit))) {
            throw new Refused(Refused.Why.INVALID, "commit must be a whole hash, or none");
        }
        watcher.say(component, none ? null : commit);
        watch.lookAtAll();
    }
}
