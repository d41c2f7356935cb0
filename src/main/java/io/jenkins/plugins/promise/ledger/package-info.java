/** The database of promises: what is accepted is in it before anybody is told so. */
package io.jenkins.plugins.promise.ledger;
