/** The report that settles a promise: read from a worker's {@code report.json}, checked, completed and written. */
package io.jenkins.plugins.promise.report;
