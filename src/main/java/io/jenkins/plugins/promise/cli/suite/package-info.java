/** What is done with the files of a suite, one class a command. */
package io.jenkins.plugins.promise.cli.suite;
