/** Components are built when they have changed: pushes are read, branches looked at, and promises submitted. */
package io.jenkins.plugins.promise.watching;
