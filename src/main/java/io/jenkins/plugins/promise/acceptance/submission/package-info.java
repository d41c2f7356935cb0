/** What is submitted, and how it becomes a promise: judged, drafted, sealed, and taken into the ledger. */
package io.jenkins.plugins.promise.acceptance.submission;
