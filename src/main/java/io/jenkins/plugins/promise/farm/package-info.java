/** Farms: controllers, agents, security, plugins and suites that a file describes. */
package io.jenkins.plugins.promise.farm;
