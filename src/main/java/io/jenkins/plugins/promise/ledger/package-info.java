/** The promises: accepted, kept on disk, settled once, and reported until every callback has it. */
package io.jenkins.plugins.promise.ledger;
