/** Which components have changed since a commit of theirs that passed. */
package io.jenkins.plugins.promise.watching.history;
