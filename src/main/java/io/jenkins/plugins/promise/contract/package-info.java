/**
 * What a promise job declares: its inputs, the shape of its report's data, its deadline; and the check of a submission
 * against it.
 */
package io.jenkins.plugins.promise.contract;
