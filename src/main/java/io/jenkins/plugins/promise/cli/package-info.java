/** The command line {@code promise}. */
package io.jenkins.plugins.promise.cli;
