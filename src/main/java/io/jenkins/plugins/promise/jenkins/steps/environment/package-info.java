/** The steps about environments as steps of Pipeline, which wait without an executor and over a restart. */
package io.jenkins.plugins.promise.jenkins.steps.environment;
