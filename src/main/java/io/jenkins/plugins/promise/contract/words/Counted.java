package io.jenkins.plugins.promise.contract.words;

/** Numbers of things, as people say them. */
public final class Counted {
    private Counted() {}

    /** As in {@code 1 worker} and {@code 2 workers}, {@code 1 branch} and {@code 2 branches}. */
    public static String of(long number, String noun) {
        return of(number, noun, noun.endsWith("ch") ? noun + "es" : noun + "s");
    }

    /** The same of a noun, or more words, whose plural is another one. */
    public static String of(long number, String one, String more) {
        return number + " " + (number == 1 ? one : more);
    }
}
