/** The Jenkins plugin: the model on Jenkins' queue, builds, Pipeline, permissions and pages. */
package io.jenkins.plugins.promise.jenkins;
