package io.jenkins.plugins.promise.callback;

/** Where a delivery stands. */
public enum DeliveryState {
    /** It has not arrived yet. */
    WAITING,
    /** The receiver took it. */
    DELIVERED,
    /** The receiver wants it no more, or the time for retries is over. */
    GIVEN_UP
}
