/** The local controller: the promise jobs without Jenkins, with its own queue, worker processes and HTTP. */
package io.jenkins.plugins.promise.local;
