/** What is deployed at once: its versions and their files, and how a stranger's bundle is read. */
package io.jenkins.plugins.promise.deployment.bundle;
