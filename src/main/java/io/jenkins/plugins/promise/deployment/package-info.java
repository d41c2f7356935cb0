/** Versions and bundles: what is deployed, how it comes and goes, and what a common name stands for. */
package io.jenkins.plugins.promise.deployment;
