/** Environments as hosts and the command line tell them: in JSON, and as what pages show. */
package io.jenkins.plugins.promise.environment.view;
