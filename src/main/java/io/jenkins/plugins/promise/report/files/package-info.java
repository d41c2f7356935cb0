/** The files that a worker leaves for others: found, checked and told by their digests, on whatever machine they lie. */
package io.jenkins.plugins.promise.report.files;
