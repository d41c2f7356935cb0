package io.jenkins.plugins.promise.ledger.database;

/**
 * What a ledger has written since it was opened.
 *
 * @param changes how many changes: promises taken in, started, settled, deliveries attempted
 * @param transactions how many waits for the disk they took; fewer than changes where some were committed together
 * @param waiting how many changes wait to be written now
 */
public record LedgerLoad(long changes, long transactions, int waiting) {}
