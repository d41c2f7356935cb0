package io.jenkins.plugins.promise.ledger.promise;

/**
 * A promise whose record cannot be read; it is in nobody's way, and waits for a person.
 *
 * @param id its id
 * @param job its job's common name
 * @param why it cannot be read
 */
public record SetAside(String id, String job, String why) {}
