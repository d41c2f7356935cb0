/** The Pipeline steps of orchestrations: phase, worker, report, and how a phase runs. */
package io.jenkins.plugins.promise.jenkins.steps;
