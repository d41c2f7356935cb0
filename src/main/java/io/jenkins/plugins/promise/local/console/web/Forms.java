package io.jenkins.plugins.promise.local.console.web;

import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.jenkins.plugins.promise.contract.GivenInputs;
import io.jenkins.plugins.promise.contract.InputsDecoder;
import io.jenkins.plugins.promise.contract.MalformedInputs;
import io.jenkins.plugins.promise.contract.Refused;
import io.jenkins.plugins.promise.local.http.Doorkeeper;
import io.jenkins.plugins.promise.local.http.RequestBody;
import io.jenkins.plugins.promise.local.http.SessionCookie;
import java.io.IOException;

/** The forms of the console's pages: only what one of these pages has sent is done. */
public final class Forms {
    /** The field that tells that a form is one of the console's; no input has such a name. */
    public static final String TOKEN = "console-form";

    private static final int SEE_OTHER = 303;

    private final Doorkeeper doorkeeper;
    private final SessionCookie sessions;
    private final RequestBody bodies;
    private final InputsDecoder decoder = new InputsDecoder();

    /**
     * Forms of somebody who has been let in.
     *
     * @param bodies how large they may be, and how long they may take
     */
    public Forms(Doorkeeper doorkeeper, SessionCookie sessions, RequestBody bodies) {
        this.doorkeeper = doorkeeper;
        this.sessions = sessions;
        this.bodies = bodies;
    }

    /** Does something with a form that one of the console's own pages has sent. */
    public Handler handler(Action action) {
        return context -> {
            if (doorkeeper.open()) {
                var unused = doorkeeper.visitor(context);
            } else if (sessions.session(context).isEmpty()) {
                throw new Refused(Refused.Why.UNAUTHORIZED, "log in first");
            }
            GivenInputs given = read(context);
            if (!sessions.admitForm(context, given.values().get(TOKEN))) {
                throw new Refused(
                        Refused.Why.FORBIDDEN,
                        "this form was not sent by a page of this console, or that page is an old one; load it again");
            }
            action.with(context, given.without(TOKEN));
        };
    }

    /** What a form holds. */
    GivenInputs read(Context context) throws Refused {
        try {
            return decoder.form(bodies.read(context));
        } catch (MalformedInputs e) {
            throw new Refused(Refused.Why.INVALID, e.getMessage());
        }
    }

    /** Has the browser go on to a page. */
    public static void goOn(Context context, String path) {
        context.status(SEE_OTHER);
        context.header("Location", path);
    }

    /** What is done with a form. */
    @FunctionalInterface
    public interface Action {
        /** Does it. */
        void with(Context context, GivenInputs given) throws Refused, IOException;
    }
}
