/** {@code promise component}, one class a command. */
package io.jenkins.plugins.promise.cli.component;
