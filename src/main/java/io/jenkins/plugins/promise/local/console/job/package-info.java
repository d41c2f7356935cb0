/** The console's pages of jobs and their versions. */
package io.jenkins.plugins.promise.local.console.job;
