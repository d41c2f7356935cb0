/** Orchestrations run against the answers that a file declares for their workers, in virtual time. */
package io.jenkins.plugins.promise.rehearsal;
