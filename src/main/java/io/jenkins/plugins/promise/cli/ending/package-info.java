/** How a command ends that is ended in the middle: what it showed and what it put on the disk goes away with it. */
package io.jenkins.plugins.promise.cli.ending;
