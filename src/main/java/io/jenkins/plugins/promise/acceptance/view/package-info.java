/** What is told of promises over HTTP, the same on every host. */
package io.jenkins.plugins.promise.acceptance.view;
