/** {@code promise drive}, and the receiver that it brings. */
package io.jenkins.plugins.promise.cli.drive;
