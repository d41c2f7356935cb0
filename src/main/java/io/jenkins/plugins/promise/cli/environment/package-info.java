/** {@code promise env}, one class a command. */
package io.jenkins.plugins.promise.cli.environment;
