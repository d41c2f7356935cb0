/** What only a person at a terminal sees. */
package io.jenkins.plugins.promise.cli.terminal;
