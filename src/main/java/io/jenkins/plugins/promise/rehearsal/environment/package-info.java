/** Environments in rehearsals: the rules of the real ones, in a rehearsal's own time and without a ledger. */
package io.jenkins.plugins.promise.rehearsal.environment;
