/** The folder of a deployed suite, and its page. */
package io.jenkins.plugins.promise.jenkins.suite;
