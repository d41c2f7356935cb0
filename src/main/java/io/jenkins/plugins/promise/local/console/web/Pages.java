package io.jenkins.plugins.promise.local.console.web;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.Utf8ByteOutput;
import io.javalin.http.Context;
import io.jenkins.plugins.promise.contract.Refused;
import io.jenkins.plugins.promise.local.http.Doorkeeper;
import io.jenkins.plugins.promise.local.http.SessionCookie;
import io.jenkins.plugins.promise.local.http.Visitor;
import java.util.Locale;
import java.util.Map;

/** Answers with pages: classes that the build has made of {@code src/main/jte}. */
public final class Pages {
    private static final String PACKAGE = "io.jenkins.plugins.promise.local.console.page";
    private static final String PAGE = "text/html";
    /** Java's own client asks so for anything at all. */
    private static final String NO_BROWSER = "*; q=.2";
    /**
     * Nothing on a page comes from elsewhere, nothing in it is run but what the console serves as a file, and no other page
     * shows it in a frame. Where forms go to is told too, for a page that is made to post elsewhere.
     */
    private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self';"
            + " connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    private final TemplateEngine engine;
    private final Doorkeeper doorkeeper;
    private final SessionCookie sessions;

    /** Pages for whom a doorkeeper lets in. */
    public Pages(Doorkeeper doorkeeper, SessionCookie sessions) {
        this.doorkeeper = doorkeeper;
        this.sessions = sessions;
        this.engine = TemplateEngine.createPrecompiled(null, ContentType.Html, Pages.class.getClassLoader(), PACKAGE);
    }

    /** Whether whoever asks reads pages: a browser that goes somewhere, and no program that wants JSON. */
    public static boolean wanted(Context context) {
        String accept = context.header("Accept");
        return accept != null && accept.toLowerCase(Locale.ROOT).contains(PAGE) && !accept.contains(NO_BROWSER);
    }

    /** Who looks at it. */
    public Visitor visitor(Context context) throws Refused {
        return doorkeeper.visitor(context);
    }

    /** Answers with a page for somebody who has been let in. */
    public void answer(Context context, int status, String page, String title, String place, Object model)
            throws Refused {
        Visitor visitor = visitor(context);
        answer(
                context,
                status,
                page,
                new Frame(title, place, true, visitor.operator(), doorkeeper.open(), sessions.formToken(context)),
                model);
    }

    /** What stands around a page that anybody may see. */
    Frame bare(Context context, String title) {
        return new Frame(title, "", false, false, doorkeeper.open(), sessions.formToken(context));
    }

    /** Answers with a page for anybody. */
    void answer(Context context, int status, String page, Frame frame, Object model) {
        Utf8ByteOutput output = new Utf8ByteOutput();
        engine.render(page + ".jte", Map.of("frame", frame, "page", model), output);
        context.status(status);
        context.header("Content-Security-Policy", POLICY);
        context.header("X-Frame-Options", "DENY");
        context.header("X-Content-Type-Options", "nosniff");
        // With no-referrer browsers would tell no origin with the forms of these pages.
        context.header("Referrer-Policy", "same-origin");
        context.header("Cross-Origin-Opener-Policy", "same-origin");
        context.header("Cross-Origin-Resource-Policy", "same-origin");
        context.header("Cache-Control", "no-store");
        context.header("Vary", "Accept");
        context.contentType(PAGE + "; charset=utf-8");
        context.result(output.toByteArray());
    }
}
