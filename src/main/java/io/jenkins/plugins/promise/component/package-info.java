/** Components, their environments, and what is made of them: one file a component, an ordinary suite of promise jobs from all. */
package io.jenkins.plugins.promise.component;
