package io.jenkins.plugins.promise.watching;

/**
 * What came of a look at a branch.
 *
 * @param told what was found out
 * @param again whether it could not be looked at, or what has changed could not be started, which may be otherwise in a moment
 */
record Looked(String told, boolean again) {}
