/** What is done with one promise or a list of them, one class a command. */
package io.jenkins.plugins.promise.cli.promise;
