/** Places that components are released to: what is there, who may change it now, and what is on its way. */
package io.jenkins.plugins.promise.environment;
