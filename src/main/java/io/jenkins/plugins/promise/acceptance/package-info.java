/** The rules of a promise: accepted, dispatched, settled once, ended by its deadline, and reconciled after a start; and the ports of a host. */
package io.jenkins.plugins.promise.acceptance;
