package io.jenkins.plugins.promise.testing;

/**
 * A test that is run with all others by {@code mvn -B -ntp -Pwhole verify} only: it walks through very much, or kills and
 * starts so many processes that everybody would wait minutes for it with each change. What it proves in full, others prove
 * in part each time.
 */
public interface Whole {}
