/** The pages and the HTTP of environments. */
package io.jenkins.plugins.promise.jenkins.web.environment;
