package io.jenkins.plugins.promise.ledger.controllers;

/**
 * Another controller at the same ledger.
 *
 * @param id of its present run
 * @param address where it is reached
 * @param beat how often it has shown itself
 * @param gone whether it has ended, or was taken for dead
 */
public record OtherController(String id, String address, long beat, boolean gone) {}
