/** The ports of a host: what the rules ask of it, and what it is told. */
package io.jenkins.plugins.promise.acceptance.host;
