package io.jenkins.plugins.promise.callback;

/**
 * A delivery of one promise, for the courier.
 *
 * @param promise the promise's id
 * @param delivery where it stood when it was handed over
 */
public record Parcel(String promise, Delivery delivery) {}
