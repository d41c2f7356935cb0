/** Components that a Jenkins builds when they change: pushes, polling, and the page that tells of them. */
package io.jenkins.plugins.promise.jenkins.watching;
