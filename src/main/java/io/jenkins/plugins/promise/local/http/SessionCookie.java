package io.jenkins.plugins.promise.local.http;

import io.javalin.http.Context;
import io.javalin.http.Cookie;
import io.javalin.http.SameSite;
import io.jenkins.plugins.promise.acceptance.host.CannotOpen;
import io.jenkins.plugins.promise.acceptance.host.Sealer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What a browser is known by that has logged in: the token that it logged in with, sealed, and until when it counts. So a
 * session goes on over a restart of the controller, and ends when the token is replaced. It counts for what only reads, and
 * for the forms of the console's own pages.
 */
public final class SessionCookie {
    private static final Duration LIFETIME = Duration.ofHours(12);
    private static final String PURPOSE = "console session";
    private static final String FORM = "promise-console-form";
    private static final int PARTS = 3;

    private final Sealer sealer;
    private final Clock clock;
    private final boolean https;

    /**
     * A cookie of a controller.
     *
     * @param https whether browsers reach it so; the cookie is never sent otherwise then
     */
    public SessionCookie(Sealer sealer, Clock clock, boolean https) {
        this.sealer = sealer;
        this.clock = clock;
        this.https = https;
    }

    /** Cookies know no ports, and on a laptop several controllers have the same address. */
    private static String name(Context context) {
        return "promise-session-" + context.req().getServerPort();
    }

    /** Begins a session with that token. */
    public void begin(Context context, String token) {
        String until = Long.toString(clock.instant().plus(LIFETIME).getEpochSecond());
        set(context, sealer.seal(String.join("\n", PURPOSE, until, token)), (int) LIFETIME.toSeconds());
    }

    /** Ends the session. */
    public void end(Context context) {
        set(context, "", 0);
    }

    private void set(Context context, String value, int seconds) {
        context.cookie(new Cookie(name(context), value, "/", seconds, https, 0, true, null, null, SameSite.STRICT));
    }

    /** The token of the session, whatever is asked for; nothing where there is none. */
    public Optional<String> session(Context context) {
        String sealed = context.cookie(name(context));
        if (sealed == null || sealed.isEmpty()) {
            return Optional.empty();
        }
        try {
            String[] parts = sealer.open(sealed).split("\n", PARTS);
            boolean counts = parts.length == PARTS
                    && parts[0].equals(PURPOSE)
                    && clock.instant().isBefore(Instant.ofEpochSecond(Long.parseLong(parts[1])));
            return counts ? Optional.of(parts[2]) : Optional.empty();
        } catch (CannotOpen | NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** The token of the session, if this request may be made with it. */
    public Optional<String> token(Context context) {
        boolean reads =
                switch (context.method()) {
                    case GET, HEAD -> true;
                    default -> context.attribute(FORM) != null;
                };
        return reads ? session(context) : Optional.empty();
    }

    /** What the forms of a page hold, so that nobody else can have made them: another for each session. */
    public String formToken(Context context) {
        return sealer.fingerprint("console form\n"
                + Optional.ofNullable(context.cookie(name(context))).orElse(""));
    }

    /**
     * Lets the session count for a form that holds what this page's forms hold.
     *
     * @param given null for none
     * @return whether it does
     */
    public boolean admitForm(Context context, String given) {
        boolean own = given != null
                && MessageDigest.isEqual(
                        given.getBytes(StandardCharsets.UTF_8),
                        formToken(context).getBytes(StandardCharsets.UTF_8));
        if (own) {
            context.attribute(FORM, true);
        }
        return own;
    }
}
