/** The console's pages of promises. */
package io.jenkins.plugins.promise.local.console.promise;
