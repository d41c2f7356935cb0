/** What can be known of scripts without running them: the steps and jobs that they call, and whether they parse. */
package io.jenkins.plugins.promise.suite.script;
