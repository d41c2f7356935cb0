/** Phases, worker calls and their results, and how a phase goes on: pure values, for hosts and rehearsals alike. */
package io.jenkins.plugins.promise.orchestration;
