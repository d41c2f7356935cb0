/** The plugin's pages, and its requests below /promises. */
package io.jenkins.plugins.promise.jenkins.web;
