/** What the steps of orchestrations are answered about environments; the same on all hosts and in rehearsals. */
package io.jenkins.plugins.promise.environment.steps;
