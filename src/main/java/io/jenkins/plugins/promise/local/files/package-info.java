/** The files that workers of this machine have produced, and how they come into the workspaces of others. */
package io.jenkins.plugins.promise.local.files;
