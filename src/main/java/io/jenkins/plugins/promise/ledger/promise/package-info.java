/** The values of a promise: what it is, what it waits for, how it is asked for; and the form in which they are kept. */
package io.jenkins.plugins.promise.ledger.promise;
