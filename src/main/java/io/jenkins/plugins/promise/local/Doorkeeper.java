package io.jenkins.plugins.promise.local;

import io.javalin.http.Context;
import io.jenkins.plugins.promise.contract.Refused;
import io.jenkins.plugins.promise.contract.SubmitToken;
import io.jenkins.plugins.promise.deployment.Deployed;
import java.net.URI;
import java.util.List;
import java.util.Locale;

/** Decides who may do what over HTTP. */
final class Doorkeeper {
    private static final String BEARER = "bearer ";
    private static final List<String> LOOPBACK = List.of("localhost", "127.0.0.1", "[::1]");

    private final boolean open;
    private final SubmitToken operator;

    Doorkeeper(boolean open, String operatorToken) {
        this.open = open;
        this.operator = SubmitToken.of(operatorToken);
    }

    /**
     * Lets in whoever may do something with a job: the operator, and who has the job's token.
     *
     * @param token the parameter {@code token}; null if none was given
     */
    void admit(Context context, String token, Deployed job) throws Refused {
        if (open) {
            refuseOtherSites(context);
            return;
        }
        String given = given(context, token);
        if (operator.matches(given)) {
            return;
        }
        if (job.token() == null) {
            throw new Refused(
                    Refused.Why.FORBIDDEN,
                    "the job " + job.name() + " has no token; set token: ${VARIABLE} in its job.yaml, and the variable"
                            + " where the controller is started");
        }
        if (!job.token().matches(given)) {
            throw new Refused(Refused.Why.FORBIDDEN, "the token is not that of the job " + job.name());
        }
    }

    /** Lets in the operator. */
    void admitOperator(Context context, String token) throws Refused {
        if (open) {
            refuseOtherSites(context);
        } else if (!operator.matches(given(context, token))) {
            throw new Refused(Refused.Why.FORBIDDEN, "the token is not the operator's");
        }
    }

    private static String given(Context context, String token) throws Refused {
        String header = context.header("Authorization");
        String given = token == null ? "" : token;
        if (header != null) {
            if (!header.toLowerCase(Locale.ROOT).startsWith(BEARER)) {
                throw new Refused(Refused.Why.UNAUTHORIZED, "Authorization must be: Bearer TOKEN");
            }
            given = header.substring(BEARER.length()).trim();
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
        String name = host == null ? "" : host.replaceFirst(":[0-9]+$", "").toLowerCase(Locale.ROOT);
        boolean literal = name.matches("[0-9.]+|\\[[0-9a-f:.]+]") || LOOPBACK.contains(name);
        if (!literal) {
            throw new Refused(Refused.Why.FORBIDDEN, "a controller that asks for no token answers to its address only");
        }
        if (origin != null && !origin.equals("null") && !host.equals(authority(origin))) {
            throw new Refused(Refused.Why.FORBIDDEN, "requests from other sites are refused");
        }
        if ("null".equals(origin) || "cross-site".equals(context.header("Sec-Fetch-Site"))) {
            throw new Refused(Refused.Why.FORBIDDEN, "requests from other sites are refused");
        }
    }

    private static String authority(String origin) {
        try {
            return URI.create(origin).getRawAuthority();
        } catch (IllegalArgumentException e) {
            return "";
        }
    }
}
