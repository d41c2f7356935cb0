/** How a ledger's database is opened, read and written, whichever engine it is. */
package io.jenkins.plugins.promise.ledger.database;
