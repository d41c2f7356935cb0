/** The logs of promises that the ledger keeps. */
package io.jenkins.plugins.promise.ledger.log;
