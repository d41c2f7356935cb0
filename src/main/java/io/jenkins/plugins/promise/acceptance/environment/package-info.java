/** What hosts do about environments: they ask again what must be waited for, keep leases, and answer people and programs. */
package io.jenkins.plugins.promise.acceptance.environment;
