/** What components mean to each other, and pictures of it. */
package io.jenkins.plugins.promise.component.graph;
