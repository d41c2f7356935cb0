package io.jenkins.plugins.promise.jenkins.web;

import hudson.Extension;
import hudson.security.csrf.CrumbExclusion;
import hudson.security.csrf.CrumbIssuer;
import io.jenkins.plugins.promise.jenkins.watching.ComponentRequests;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.regex.Pattern;
import jenkins.model.Jenkins;

/**
 * Where a job's token is given, no crumb is needed: {@link Access} then asks for the right token, whatever the session of
 * whoever sends it allows. Whoever brings neither a token nor a crumb nor a session is told what is missing, and gets no
 * further, even where everybody may build: a page that they have open must not submit in their place.
 */
@Extension
public final class PromiseCrumbExclusion extends CrumbExclusion {
    private static final Pattern WITH_TOKEN =
            Pattern.compile("/" + PromisesRootAction.URL + "/(submit/.+|[^/]+/(cancel|redeliver|again)/?)");
    private static final Pattern PUSH = Pattern.compile("/" + PromisesRootAction.URL + "/components/push/?");
    private static final Pattern BY_TOKEN = Pattern.compile("/" + BuildByToken.URL + "/(build|buildWithParameters)/?");

    @Override
    public boolean process(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        String path = request.getPathInfo();
        if (path != null && PUSH.matcher(path).matches()) {
            return push(request, response, chain);
        }
        boolean ours = path != null && WITH_TOKEN.matcher(path).matches();
        if (!ours && (path == null || !BY_TOKEN.matcher(path).matches())) {
            return false;
        }
        if (Access.token(request) != null) {
            chain.doFilter(request, response);
            return true;
        }
        if (ours && Access.anonymous() && !hasCrumb(request)) {
            Answer.of(Access.unauthorized()).write(response);
            return true;
        }
        return false;
    }

    /** Where a push is signed, or comes with a secret, that is looked at and nothing else: {@link ComponentRequests}. */
    private static boolean push(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (ComponentRequests.signed(request)) {
            chain.doFilter(request, response);
            return true;
        }
        if (Access.anonymous() && !hasCrumb(request)) {
            Answer.of(ComponentRequests.unauthorized()).write(response);
            return true;
        }
        return false;
    }

    private static boolean hasCrumb(HttpServletRequest request) {
        CrumbIssuer issuer = Jenkins.get().getCrumbIssuer();
        String field = issuer == null ? null : issuer.getCrumbRequestField();
        return field != null && (request.getHeader(field) != null || request.getParameter(field) != null);
    }
}
