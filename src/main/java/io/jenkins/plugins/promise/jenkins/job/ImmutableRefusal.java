package io.jenkins.plugins.promise.jenkins.job;

import hudson.init.InitMilestone;
import hudson.init.Initializer;
import hudson.model.Job;
import hudson.security.ACL;
import hudson.security.ACLContext;
import hudson.security.AccessDeniedException3;
import hudson.util.PluginServletFilter;
import io.jenkins.plugins.promise.jenkins.Messages;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import jenkins.model.Jenkins;

/**
 * Answers who wants to change the job of a deployed version that it never changes. Jenkins itself would name a permission
 * that is missing, to an administrator too, who has them all; and where it is not secured it would answer with an error of
 * its own, for there nobody is refused anything.
 */
public final class ImmutableRefusal implements Filter {
    private static final Pattern JOB = Pattern.compile("/job/([^/]+)(?=/)");

    /** Lets all requests pass through it. */
    @Initializer(after = InitMilestone.PLUGINS_STARTED)
    public static void begin() throws ServletException {
        PluginServletFilter.addFilter(new ImmutableRefusal());
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        try {
            chain.doFilter(request, response);
        } catch (ServletException | RuntimeException e) {
            Optional<String> version = denied(e) && !response.isCommitted() && !asksToLogIn()
                    ? version(((HttpServletRequest) request).getRequestURI())
                    : Optional.empty();
            if (version.isEmpty()) {
                throw e;
            }
            ((HttpServletResponse) response)
                    .sendError(HttpServletResponse.SC_FORBIDDEN, Messages.ImmutableRefusal_Never(version.get()));
        }
    }

    private static boolean denied(Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof AccessDeniedException3 denial) {
                return ImmutableAcl.refuses(denial.permission);
            }
        }
        return false;
    }

    /** Whether whoever asks may be somebody who has not said so yet. */
    private static boolean asksToLogIn() {
        return Jenkins.get().isUseSecurity() && ACL.isAnonymous2(Jenkins.getAuthentication2());
    }

    /** The deployed version whose job a request is about; nothing if it is about none. */
    @SuppressWarnings("try") // who acts is all that the resource is for
    private static Optional<String> version(String path) {
        String name = JOB.matcher(path)
                .results()
                .map(part -> URLDecoder.decode(part.group(1), StandardCharsets.UTF_8))
                .collect(Collectors.joining("/"));
        try (ACLContext asSystem = ACL.as2(ACL.SYSTEM2)) {
            return Optional.<Job<?, ?>>ofNullable(Jenkins.get().getItemByFullName(name, Job.class))
                    .flatMap(PromiseContract::versionOf);
        }
    }
}
