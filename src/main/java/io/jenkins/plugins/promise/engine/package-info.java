/**
 * The engine of the local controller and of rehearsals: scripts run on groovy-cps, so that one that waits is a value that
 * can be written to disk and read back.
 */
package io.jenkins.plugins.promise.engine;
