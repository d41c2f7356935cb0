/** The web pages of a local controller. */
package io.jenkins.plugins.promise.local.console;
