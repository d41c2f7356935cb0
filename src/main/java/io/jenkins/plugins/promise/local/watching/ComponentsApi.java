package io.jenkins.plugins.promise.local.watching;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.Javalin;
import io.javalin.http.Context;
import io.jenkins.plugins.promise.contract.Refused;
import io.jenkins.plugins.promise.contract.json.Json;
import io.jenkins.plugins.promise.local.http.Doorkeeper;
import io.jenkins.plugins.promise.local.http.JsonAnswer;
import io.jenkins.plugins.promise.local.http.RequestBody;
import io.jenkins.plugins.promise.watching.ComponentWatch;
import io.jenkins.plugins.promise.watching.Push;
import io.jenkins.plugins.promise.watching.PushReader;
import io.jenkins.plugins.promise.watching.component.Branch;
import io.jenkins.plugins.promise.watching.history.ChangedComponents;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** The HTTP of watched components: pushes are told, and what is known is asked for. */
public final class ComponentsApi {
    private static final RequestBody BODY = new RequestBody("a push", PushReader.MOST_BYTES, Duration.ofSeconds(30));

    private final Doorkeeper doorkeeper;
    private final AtomicReference<Watching> watching = new AtomicReference<>();

    /** Part of an API that watches nothing yet. */
    public ComponentsApi(Doorkeeper doorkeeper) {
        this.doorkeeper = doorkeeper;
    }

    private record Watching(ComponentWatch watch, PushReader pushes) {}

    /** Tells this watch of pushes from now on. */
    public void begin(ComponentWatch watch, PushReader pushes) {
        watching.set(new Watching(watch, pushes));
    }

    /** Adds its routes. */
    public void routes(Javalin server) {
        server.get("/promises/components", this::components);
        server.post("/promises/components/push", this::push);
        server.post("/promises/components/{name}/passed", this::passed);
    }

    private Watching watching() throws Refused {
        return Optional.ofNullable(watching.get())
                .orElseThrow(() -> new Refused(
                        Refused.Why.UNKNOWN, "no components are watched here (serve --components FOLDER --watch)"));
    }

    private void components(Context context) throws Refused {
        doorkeeper.admitOperator(context);
        JsonAnswer.send(context, 200, known(watching()));
    }

    private static ObjectNode known(Watching watching) {
        ObjectNode body = Json.mapper().createObjectNode();
        body.set(
                "components",
                Json.mapper().valueToTree(watching.watch().watcher().components()));
        body.set(
                "branches", Json.mapper().valueToTree(watching.watch().watcher().seen()));
        return body;
    }

    private void push(Context context) throws Refused {
        PushReader reader = admitted(context);
        Optional<Push> push = reader.read(context::header, BODY.read(context));
        ObjectNode body = Json.mapper().createObjectNode();
        if (push.isEmpty()) {
            body.put("told", "this is about no push; nothing is started");
            JsonAnswer.send(context, 200, body);
            return;
        }
        List<Branch> branches = watching().watch().watcher().branches(push.get());
        if (branches.isEmpty()) {
            body.put("told", "no component is built from " + push.get().ref() + "; nothing is started");
            JsonAnswer.send(context, 200, body);
            return;
        }
        branches.forEach(watching().watch()::look);
        body.put("told", "looked at soon: " + branches.get(0));
        JsonAnswer.send(context, 202, body);
    }

    /** Who sends a plain push has the secret of pushes, or is the operator; nobody else learns what is watched. */
    private PushReader admitted(Context context) throws Refused {
        boolean plain = PushReader.format(context::header) == PushReader.Format.PLAIN;
        String authorization = context.header("Authorization");
        Optional<Watching> now = Optional.ofNullable(watching.get());
        if (plain) {
            String token = Optional.ofNullable(authorization)
                    .flatMap(Doorkeeper::bearer)
                    .orElse(null);
            if (now.filter(w -> w.pushes().secret(token)).isEmpty()) {
                doorkeeper.admitOperator(context);
            }
        }
        PushReader reader = now.map(Watching::pushes).orElseGet(() -> new PushReader(null));
        reader.admit(context::header);
        return reader;
    }

    private void passed(Context context) throws Refused {
        doorkeeper.admitOperator(context);
        String commit = String.valueOf(context.queryParam("commit"));
        if (!commit.equals(ChangedComponents.NONE) && !commit.matches("[0-9a-f]{40,64}")) {
            throw new Refused(Refused.Why.INVALID, "commit must be a whole hash, or none");
        }
        Watching now = watching();
        now.watch().watcher().say(context.pathParam("name"), commit.equals(ChangedComponents.NONE) ? null : commit);
        now.watch().watcher().branches().forEach(now.watch()::look);
        JsonAnswer.send(context, 200, known(now));
    }
}
