/** Builds of promises: started, watched, ended, and what they report. */
package io.jenkins.plugins.promise.jenkins.build;
