/** How a candidate is integrated and a manifest released: which steps follow which, as values that know no host. */
package io.jenkins.plugins.promise.environment.work;
