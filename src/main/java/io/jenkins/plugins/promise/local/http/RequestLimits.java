package io.jenkins.plugins.promise.local.http;

import java.time.Duration;

/**
 * What one client may take of the HTTP server, so that slow ones do not stop the others.
 *
 * @param threads how many requests are worked on at once
 * @param headers how long a connection may take to bring a request's line and headers; it is closed then
 * @param body how long an admitted request may take to bring its body
 * @param form how long a form may take whose token is in itself
 * @param formBytes how large such a form may be
 * @param forms how many such forms may be on their way at once
 */
public record RequestLimits(int threads, Duration headers, Duration body, Duration form, int formBytes, int forms) {
    /** What holds unless set. */
    public static final RequestLimits DEFAULT = new RequestLimits(
            200, Duration.ofSeconds(30), Duration.ofSeconds(60), Duration.ofSeconds(5), 1 << 16, 1_000);
}
