package io.jenkins.plugins.promise.watching;

/**
 * What came of a look at a branch.
 *
 * @param told what was found out
 * @param again whether it could not be looked at, which may be otherwise in a moment
 */
record Looked(String told, boolean again) {}
