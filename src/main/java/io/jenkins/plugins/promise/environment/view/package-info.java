/** Environments as hosts and the command line tell them in JSON. */
package io.jenkins.plugins.promise.environment.view;
