/** A phase of an orchestration: its workers submitted, waited for and gathered. */
package io.jenkins.plugins.promise.acceptance.phase;
