package io.jenkins.plugins.promise.local.console.web;

import io.javalin.Javalin;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.jenkins.plugins.promise.contract.GivenInputs;
import io.jenkins.plugins.promise.contract.Refused;
import io.jenkins.plugins.promise.local.http.Doorkeeper;
import io.jenkins.plugins.promise.local.http.SessionCookie;
import java.net.URI;
import java.util.regex.Pattern;

/** Where whoever has a token shows it once, and a browser is known by a cookie from then on. */
public final class Login {
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;
    private static final String HOME = "/";
    /** A path of this controller: nothing that a browser takes for another host. */
    private static final Pattern OWN_PATH = Pattern.compile("/(?![/\\\\])[!-~]{0,2000}");

    private final Pages pages;
    private final Forms forms;
    private final Doorkeeper doorkeeper;
    private final SessionCookie sessions;

    /** A log in to what a doorkeeper guards. */
    public Login(Pages pages, Forms forms, Doorkeeper doorkeeper, SessionCookie sessions) {
        this.pages = pages;
        this.forms = forms;
        this.doorkeeper = doorkeeper;
        this.sessions = sessions;
    }

    /** Answers for it. */
    public void routes(Javalin server) {
        server.get("/console/login", context -> ask(context, 200, "", HOME));
        server.post("/console/login", this::login);
        server.post("/console/logout", forms.handler((context, given) -> {
            sessions.end(context);
            Forms.goOn(context, "/console/login");
        }));
    }

    /** Asks whoever came without a token, or with one that opens nothing, for one that does. */
    void ask(Context context) {
        String path = context.path() + (context.queryString() == null ? "" : "?" + context.queryString());
        String next = context.method() == HandlerType.GET ? path : HOME;
        // A browser keeps the cookie back when it follows a link of another site; a step of our own brings it along.
        boolean kept = "cross-site".equals(context.header("Sec-Fetch-Site")) && context.header("Authorization") == null;
        if (kept) {
            pages.answer(context, UNAUTHORIZED, "step", pages.bare(context, "One moment"), next);
        } else {
            ask(context, UNAUTHORIZED, "", next);
        }
    }

    private void ask(Context context, int status, String problem, String next) {
        if (doorkeeper.open()) {
            Forms.goOn(context, HOME);
            return;
        }
        pages.answer(context, status, "login", pages.bare(context, "Log in"), new Asked(problem, own(next)));
    }

    private static String own(String next) {
        return next != null && OWN_PATH.matcher(next).matches() ? next : HOME;
    }

    private void login(Context context) throws Refused {
        if (fromElsewhere(context)) {
            throw new Refused(Refused.Why.FORBIDDEN, "log in at this controller's own page");
        }
        GivenInputs given = forms.read(context);
        String token = given.values().getOrDefault(Doorkeeper.TOKEN, "").trim();
        String next = own(given.values().get("next"));
        try {
            var unused = doorkeeper.visitor(token);
        } catch (Refused e) {
            ask(context, FORBIDDEN, "This token opens nothing here.", next);
            return;
        }
        sessions.begin(context, token);
        Forms.goOn(context, next);
    }

    /** Nobody is to be logged in by a page of somebody else, as somebody whom that page has chosen. */
    private static boolean fromElsewhere(Context context) {
        String site = context.header("Sec-Fetch-Site");
        if (site != null) {
            return !site.equals("same-origin") && !site.equals("none");
        }
        String origin = context.header("Origin");
        if (origin == null) {
            return false;
        }
        try {
            return !String.valueOf(URI.create(origin).getRawAuthority()).equals(context.header("Host"));
        } catch (IllegalArgumentException e) {
            return true;
        }
    }

    /**
     * What the page of the log in shows.
     *
     * @param problem what was wrong with the last token; empty for nothing
     * @param next where to go on
     */
    public record Asked(String problem, String next) {}
}
