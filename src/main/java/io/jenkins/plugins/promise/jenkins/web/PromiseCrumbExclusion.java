package io.jenkins.plugins.promise.jenkins.web;

import hudson.Extension;
import hudson.security.ACL;
import hudson.security.csrf.CrumbExclusion;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Locale;
import java.util.regex.Pattern;
import jenkins.model.Jenkins;

/**
 * What a job's token suffices for needs no crumb where the token is given: the token, and not the session of whoever sends it, is what allows it.
 * Nor does one of somebody who is not logged in, who has no session to be misused.
 */
@Extension
public final class PromiseCrumbExclusion extends CrumbExclusion {
    private static final Pattern WITH_TOKEN =
            Pattern.compile("/" + PromisesRootAction.URL + "/(submit/.+|[^/]+/(cancel|redeliver)/?)");

    @Override
    public boolean process(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        String path = request.getPathInfo();
        if (path != null
                && WITH_TOKEN.matcher(path).matches()
                && (hasToken(request) || ACL.isAnonymous2(Jenkins.getAuthentication2()))) {
            chain.doFilter(request, response);
            return true;
        }
        return false;
    }

    private static boolean hasToken(HttpServletRequest request) {
        String header = request.getHeader("Authorization");
        if (header != null && header.toLowerCase(Locale.ROOT).startsWith("bearer ")) {
            return true;
        }
        String token = request.getParameter("token");
        return token != null && !token.isEmpty();
    }
}
