/** The files that workers produce, kept by the artifact manager of their builds. */
package io.jenkins.plugins.promise.jenkins.files;
