/** The folder in which a local controller lives, and its secrets. */
package io.jenkins.plugins.promise.local.home;
