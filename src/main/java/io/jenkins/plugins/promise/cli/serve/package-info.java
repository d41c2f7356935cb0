/** Options of a local controller that are about one thing each. */
package io.jenkins.plugins.promise.cli.serve;
