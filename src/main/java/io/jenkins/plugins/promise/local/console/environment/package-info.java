/** The console's pages of environments. */
package io.jenkins.plugins.promise.local.console.environment;
