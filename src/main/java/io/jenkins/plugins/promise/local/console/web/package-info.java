/** What all pages of the console have in common: how they are made, who may see them, and what keeps other sites out. */
package io.jenkins.plugins.promise.local.console.web;
