/** The suite of promise jobs that is made of components: the same bytes from the same files. */
package io.jenkins.plugins.promise.component.generation;
