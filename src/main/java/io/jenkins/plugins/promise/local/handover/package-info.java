/** One controller of a home takes over from another, which goes on if the next one does not come up. */
package io.jenkins.plugins.promise.local.handover;
