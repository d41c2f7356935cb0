/** What a script may use of the machine that it runs on: nothing but values, as in the sandbox of Jenkins. */
package io.jenkins.plugins.promise.engine.sandbox;
