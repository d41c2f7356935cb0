package io.jenkins.plugins.promise.jenkins.web;

import hudson.init.InitMilestone;
import hudson.init.Initializer;
import hudson.util.PluginServletFilter;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.IOException;

/**
 * Answers a program that asks for {@code /promises?state=…} at once, as the local controller does. Stapler would lead it to
 * the same address with a slash, which a page needs for its links, and not every client follows.
 */
public final class ListUrl implements Filter {
    private static final String PATH = "/" + PromisesRootAction.URL;

    /** Lets all requests pass through it. */
    @Initializer(after = InitMilestone.PLUGINS_STARTED)
    public static void begin() throws ServletException {
        PluginServletFilter.addFilter(new ListUrl());
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        chain.doFilter(
                request instanceof HttpServletRequest asked && asksForList(asked) ? new WithSlash(asked) : request,
                response);
    }

    private static boolean asksForList(HttpServletRequest request) {
        return PATH.equals(request.getPathInfo())
                && request.getMethod().equals("GET")
                && !PromisesRootAction.wantsPage(request);
    }

    private static final class WithSlash extends HttpServletRequestWrapper {
        WithSlash(HttpServletRequest request) {
            super(request);
        }

        @Override
        public String getPathInfo() {
            return PATH + "/";
        }

        @Override
        public String getRequestURI() {
            return super.getRequestURI() + "/";
        }
    }
}
