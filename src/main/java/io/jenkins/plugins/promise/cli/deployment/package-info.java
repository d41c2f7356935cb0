/** What is done with deployed versions, one class a command. */
package io.jenkins.plugins.promise.cli.deployment;
