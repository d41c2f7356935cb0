/** What an administrator sets, and what is told to one. */
package io.jenkins.plugins.promise.jenkins.config;
