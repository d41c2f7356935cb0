/** The commands of Jenkins' own command line. */
package io.jenkins.plugins.promise.jenkins.cli;
