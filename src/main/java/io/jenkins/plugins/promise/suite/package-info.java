/** A folder of promise jobs that is read, checked, compiled, rehearsed and deployed together. */
package io.jenkins.plugins.promise.suite;
