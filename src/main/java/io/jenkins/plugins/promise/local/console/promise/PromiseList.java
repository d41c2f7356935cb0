package io.jenkins.plugins.promise.local.console.promise;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * What the page of all promises shows.
 *
 * @param asked what was asked for
 * @param counts how many there are of each kind
 * @param lines the promises of this page, newest first
 * @param count how many were found in all, however many are on this page
 * @param next where the next page is; null if this is the last one
 * @param attention how many need attention; null for who does not see that
 * @param jobs the jobs that may be chosen
 */
public record PromiseList(
        Asked asked,
        List<Count> counts,
        List<PromiseLine> lines,
        String count,
        String next,
        Integer attention,
        List<String> jobs) {

    /** How many promises a page has. */
    static final int ON_A_PAGE = 50;

    /** Copies what it is given. */
    public PromiseList {
        counts = new ArrayList<>(counts);
        lines = new ArrayList<>(lines);
        jobs = new ArrayList<>(jobs);
    }

    /** Where a program asks for the same; null where nothing new comes, or whoever looks may not ask for a list. */
    public String source() {
        return asked.after() == null && attention != null ? "/promises" + asked.query() + "&limit=" + ON_A_PAGE : null;
    }

    /**
     * What was asked for.
     *
     * @param state a word of {@link io.jenkins.plugins.promise.ledger.promise.PromiseQuery.Which}
     * @param job a common name; null for all
     * @param words what they must hold; empty for any
     * @param after the id of the last one of the page before; null for the first page
     */
    public record Asked(String state, String job, String words, String after) {
        /** Where the same is, but of another state, from its first page on. */
        String of(String other) {
            return new Asked(other, job, words, null).query();
        }

        /** Where the page after that promise is. */
        String after(String id) {
            return new Asked(state, job, words, id).query();
        }

        /** As the query of a URL, with its question mark. */
        public String query() {
            return "?state=" + state
                    + (job == null ? "" : "&job=" + encoded(job))
                    + (words.isEmpty() ? "" : "&q=" + encoded(words))
                    + (after == null ? "" : "&after=" + encoded(after));
        }

        private static String encoded(String text) {
            return URLEncoder.encode(text, StandardCharsets.UTF_8);
        }
    }

    /**
     * How many there are of a kind.
     *
     * @param word which kind
     * @param number how many
     * @param href where they are
     * @param current whether they are what was asked for
     */
    public record Count(String word, String number, String href, boolean current) {}
}
