/** What may come next on a command line, for the shells that complete it. */
package io.jenkins.plugins.promise.cli.completion;
