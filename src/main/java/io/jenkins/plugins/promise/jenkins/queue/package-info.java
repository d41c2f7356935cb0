/** What happens to builds of promise jobs on their way through Jenkins' queue. */
package io.jenkins.plugins.promise.jenkins.queue;
