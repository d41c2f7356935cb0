/** What a promise job is on Jenkins: the contract as a property, orchestrations and workers as jobs, deployed versions. */
package io.jenkins.plugins.promise.jenkins.job;
