package io.jenkins.plugins.promise.local.http;

import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.jenkins.plugins.promise.contract.Refused;
import io.jenkins.plugins.promise.contract.SubmitToken;
import io.jenkins.plugins.promise.deployment.Catalog;
import io.jenkins.plugins.promise.deployment.bundle.Deployed;
import io.jenkins.plugins.promise.ledger.promise.Submitter;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * Decides who may do what over HTTP. Without a token the answer is 401, and with one that does not open what is asked for
 * it is 403, the same for all that is there and all that is not.
 */
public final class Doorkeeper {
    /** The parameter that holds a token. */
    public static final String TOKEN = "token";

    private static final String WRONG =
            "the token does not open this; it must be the job's own, which the variable held"
                    + " that token: in its job.yaml names when it was deployed, or the operator's, which is in"
                    + " secrets-*/operator-token of the controller's home";
    private static final String BEARER = "bearer ";
    private static final Pattern PORT = Pattern.compile(":[0-9]+$");
    private static final Pattern ADDRESS = Pattern.compile("[0-9.]+|\\[[0-9a-f:.]+]");
    private static final List<String> LOOPBACK = List.of("localhost", "127.0.0.1", "[::1]");

    private final boolean open;
    private final SubmitToken operator;
    /** Of a job that is not there or has none, so that both take the same time to be asked. */
    private final SubmitToken nobodys = SubmitToken.of(UUID.randomUUID().toString());

    private final Catalog catalog;
    private final SessionCookie sessions;

    /**
     * Guards a controller.
     *
     * @param open whether everybody may do everything, without a token
     * @param operatorToken what opens everything
     * @param catalog the jobs, each of which may have a token of its own
     * @param sessions what a browser may bring in the place of a token
     */
    public Doorkeeper(boolean open, String operatorToken, Catalog catalog, SessionCookie sessions) {
        this.open = open;
        this.catalog = catalog;
        this.sessions = sessions;
        this.operator = SubmitToken.of(operatorToken);
    }

    /**
     * Lets in whoever may do something with a job: the operator, and who has the job's token. To anybody else a job that
     * is not there looks as one whose token they do not have.
     *
     * @param job nothing if there is no such job
     * @return who that is
     */
    public Submitter admit(Context context, Optional<Deployed> job) throws Refused {
        return admit(context, parameter(context), job);
    }

    /**
     * The same where the token may stand in a form.
     *
     * @param parameter the parameter {@code token}; null if none was given
     * @return who that is
     */
    public Submitter admit(Context context, String parameter, Optional<Deployed> job) throws Refused {
        if (open) {
            refuseOtherSites(context);
            return Submitter.OPERATOR;
        }
        String given = given(context, parameter);
        boolean opens =
                job.flatMap(j -> catalog.token(j.name())).orElse(nobodys).matches(given);
        if (operator.matches(given)) {
            return Submitter.OPERATOR;
        }
        if (!opens) {
            throw new Refused(Refused.Why.FORBIDDEN, WRONG);
        }
        return Submitter.token(context.ip());
    }

    /** Whether it can be asked already who somebody is, before the body of a request is read. */
    public boolean canAsk(Context context) throws Refused {
        String token = parameter(context);
        return open || context.header("Authorization") != null || (token != null && !token.isEmpty());
    }

    /** Whether everybody may do everything, without a token. */
    public boolean open() {
        return open;
    }

    /** Lets in the operator. */
    public void admitOperator(Context context) throws Refused {
        if (open) {
            refuseOtherSites(context);
        } else if (!operator.matches(given(context, parameter(context)))) {
            throw new Refused(Refused.Why.FORBIDDEN, WRONG);
        }
    }

    /** Lets in whoever may see something, and tells what. */
    public Visitor visitor(Context context) throws Refused {
        if (open) {
            refuseOtherSites(context);
            return Visitor.OPERATOR;
        }
        return visitor(given(context, parameter(context)));
    }

    /** Who somebody is that brings a token. */
    public Visitor visitor(String token) throws Refused {
        if (operator.matches(token)) {
            return Visitor.OPERATOR;
        }
        List<String> jobs = catalog.all().stream()
                .map(Deployed::name)
                .distinct()
                .filter(name ->
                        catalog.token(name).filter(t -> t.matches(token)).isPresent())
                .toList();
        if (jobs.isEmpty()) {
            throw new Refused(Refused.Why.FORBIDDEN, WRONG);
        }
        return new Visitor(false, jobs);
    }

    private static String parameter(Context context) throws Refused {
        try {
            return context.queryParam(TOKEN);
        } catch (IllegalArgumentException e) {
            throw new Refused(Refused.Why.INVALID, "the query of the URL has a broken percent-encoding");
        }
    }

    /** The token in a header {@code Authorization}; nothing if it holds something else. */
    public static Optional<String> bearer(String header) {
        return header.toLowerCase(Locale.ROOT).startsWith(BEARER)
                ? Optional.of(header.substring(BEARER.length()).trim())
                : Optional.empty();
    }

    private String given(Context context, String token) throws Refused {
        String header = context.header("Authorization");
        String given = token == null ? "" : token;
        if (header != null) {
            given = bearer(header)
                    .orElseThrow(() -> new Refused(Refused.Why.UNAUTHORIZED, "Authorization must be: Bearer TOKEN"));
        }
        if (given.isEmpty()) {
            given = sessions.token(context).orElse("");
        }
        if (given.isEmpty()) {
            throw new Refused(
                    Refused.Why.UNAUTHORIZED, "a token is needed: Authorization: Bearer TOKEN, or the parameter token");
        }
        return given;
    }

    /**
     * Where no token is asked, a page in the laptop's browser must not do what its user may: neither by posting a form
     * here, nor by giving its own host's name this machine's address.
     */
    private static void refuseOtherSites(Context context) throws Refused {
        String host = context.header("Host");
        String origin = context.header("Origin");
        String name = host == null ? "" : PORT.matcher(host).replaceFirst("").toLowerCase(Locale.ROOT);
        boolean literal = ADDRESS.matcher(name).matches() || LOOPBACK.contains(name);
        if (!literal) {
            throw new Refused(Refused.Why.FORBIDDEN, "a controller that asks for no token answers to its address only");
        }
        if (origin != null && !origin.equals("null") && !host.equals(authority(origin))) {
            throw new Refused(Refused.Why.FORBIDDEN, "requests from other sites are refused");
        }
        boolean elsewhere = "cross-site".equals(context.header("Sec-Fetch-Site")) && !followsLink(context);
        if ("null".equals(origin) || elsewhere) {
            throw new Refused(Refused.Why.FORBIDDEN, "requests from other sites are refused");
        }
    }

    /** A page elsewhere may link here: what it leads to is for the browser's user, and that page sees nothing of it. */
    private static boolean followsLink(Context context) {
        return context.method() == HandlerType.GET
                && "navigate".equals(context.header("Sec-Fetch-Mode"))
                && "document".equals(context.header("Sec-Fetch-Dest"));
    }

    private static String authority(String origin) {
        try {
            return URI.create(origin).getRawAuthority();
        } catch (IllegalArgumentException e) {
            return "";
        }
    }
}
