package io.jenkins.plugins.promise.cli.completion;

import java.util.ArrayList;
import java.util.List;

/**
 * The words of a command line that is being written, without their quotes.
 *
 * @param before those that are whole, without the command itself and what is set for it
 * @param last the one that is being written; empty if it has not begun
 */
record LineWords(List<String> before, String last) {
    LineWords {
        before = List.copyOf(before);
    }

    /** Splits as shells do; a quote that is open goes on to the end. */
    static LineWords of(String line) {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        boolean begun = false;
        char quote = 0;
        for (int at = 0; at < line.length(); at++) {
            char c = line.charAt(at);
            if (quote != 0) {
                if (c == quote) {
                    quote = 0;
                } else {
                    word.append(c);
                }
            } else if (c == '\'' || c == '"') {
                quote = c;
                begun = true;
            } else if (Character.isWhitespace(c)) {
                if (begun) {
                    words.add(word.toString());
                    word.setLength(0);
                    begun = false;
                }
            } else {
                if (c == '\\' && at + 1 < line.length()) {
                    at++;
                }
                word.append(line.charAt(at));
                begun = true;
            }
        }
        int command = 0;
        while (command < words.size() && words.get(command).matches("[A-Za-z_][A-Za-z_0-9]*=.*")) {
            command++;
        }
        return new LineWords(words.subList(Math.min(command + 1, words.size()), words.size()), word.toString());
    }
}
