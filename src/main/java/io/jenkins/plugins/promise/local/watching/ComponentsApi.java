package io.jenkins.plugins.promise.local.watching;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.Javalin;
import io.javalin.http.Context;
import io.jenkins.plugins.promise.contract.Refused;
import io.jenkins.plugins.promise.contract.json.Json;
import io.jenkins.plugins.promise.local.http.Doorkeeper;
import io.jenkins.plugins.promise.local.http.JsonAnswer;
import io.jenkins.plugins.promise.local.http.RequestBody;
import io.jenkins.plugins.promise.watching.DeclaredComponents;
import io.jenkins.plugins.promise.watching.PushReader;
import io.jenkins.plugins.promise.watching.WatchDesk;
import io.jenkins.plugins.promise.watching.component.RepositoryPolicy;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** The HTTP of watched components: pushes are told, and what is known is asked for. */
public final class ComponentsApi {
    private static final Duration WITHIN = Duration.ofSeconds(30);
    private static final RequestBody PUSH = new RequestBody("a push", PushReader.MOST_BYTES, WITHIN);
    private static final RequestBody DECLARED =
            new RequestBody("a declaration of components", DeclaredComponents.BODY_BYTES, WITHIN);

    private final Doorkeeper doorkeeper;
    private final DeclaredComponents declared;
    private final AtomicReference<Watching> watching = new AtomicReference<>();

    /** Part of an API that watches nothing yet. */
    public ComponentsApi(Doorkeeper doorkeeper, DeclaredComponents declared) {
        this.doorkeeper = doorkeeper;
        this.declared = declared;
    }

    private record Watching(WatchDesk desk, PushReader pushes, RepositoryPolicy repositories) {}

    /** Tells this desk of pushes from now on. */
    public void begin(WatchDesk desk, WatchSettings how) {
        watching.set(new Watching(desk, reader(how.secret()), how.repositories()));
    }

    /** Adds its routes. */
    public void routes(Javalin server) {
        server.get("/promises/components", this::components);
        server.put("/promises/components", this::declare);
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
        JsonAnswer.send(context, 200, watching().desk().known(name -> true));
    }

    private void declare(Context context) throws Refused {
        doorkeeper.admitOperator(context);
        Optional<Watching> now = Optional.ofNullable(watching.get());
        declared.declare(
                context.queryParam("suite"),
                DECLARED.read(context),
                "true".equals(context.queryParam("takeOver")),
                now.map(Watching::repositories).orElse(RepositoryPolicy.ANY));
        now.ifPresent(w -> w.desk().declared());
        ObjectNode told = Json.mapper().createObjectNode().put("watched", now.isPresent());
        JsonAnswer.send(context, 200, told);
    }

    private void push(Context context) throws Refused {
        PushReader reader = admitted(context);
        byte[] body = PUSH.read(context);
        WatchDesk.Answered answered = watching().desk().push(reader, context::header, body);
        JsonAnswer.send(context, answered.status(), answered.body());
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
        PushReader reader = now.map(Watching::pushes).orElseGet(() -> reader(null));
        reader.admit(context::header);
        return reader;
    }

    private static PushReader reader(String secret) {
        return new PushReader(secret, "serve --push-secret VARIABLE");
    }

    private void passed(Context context) throws Refused {
        doorkeeper.admitOperator(context);
        WatchDesk desk = watching().desk();
        desk.passed(context.pathParam("name"), context.queryParam("commit"));
        JsonAnswer.send(context, 200, desk.known(name -> true));
    }
}
