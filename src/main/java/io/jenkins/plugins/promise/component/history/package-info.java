/** The history of the clone that somebody works in. */
package io.jenkins.plugins.promise.component.history;
