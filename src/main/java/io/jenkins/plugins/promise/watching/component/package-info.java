/** What a controller knows of a component that it watches. */
package io.jenkins.plugins.promise.watching.component;
