package io.jenkins.plugins.promise.ledger.promise;

/**
 * What another controller has asked this one to cancel.
 *
 * @param promise its id
 * @param who asked there
 */
public record CancelWish(String promise, String who) {}
