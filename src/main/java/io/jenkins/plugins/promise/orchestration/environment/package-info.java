/** What the steps of an orchestration ask of environments, and are answered: pure values, for hosts and rehearsals alike. */
package io.jenkins.plugins.promise.orchestration.environment;
