/** A folder of promise jobs that is compiled, rehearsed and deployed together, and the versions deployed of it. */
package io.jenkins.plugins.promise.suite;
