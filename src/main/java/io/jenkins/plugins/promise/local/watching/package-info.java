/** Components that a local controller builds when they change. */
package io.jenkins.plugins.promise.local.watching;
