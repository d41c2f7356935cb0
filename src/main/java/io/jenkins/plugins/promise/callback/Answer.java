package io.jenkins.plugins.promise.callback;

/**
 * What a receiver answered.
 *
 * @param status the HTTP status
 * @param retryAfter the header {@code Retry-After}; null if there is none
 * @param text the beginning of the body, as far as it came in time
 */
record Answer(int status, String retryAfter, String text) {}
