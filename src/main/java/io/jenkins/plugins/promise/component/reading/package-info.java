/** Component files and environments as people write them, and everything that can be wrong with them. */
package io.jenkins.plugins.promise.component.reading;
