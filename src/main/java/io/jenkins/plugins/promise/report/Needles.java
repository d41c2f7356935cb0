package io.jenkins.plugins.promise.report;

import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/**
 * Finds many texts at once in a text that is read one character after the other (Aho and Corasick, 1975). A library's
 * search begins anew with every piece of a text; this one tells after each character how much of what was read may still
 * become a find, and so how much can be shown.
 *
 * <p>Of a long text only the beginning is looked for. After that, everything that consists of its characters counts as
 * found, until there was as much of it as the text is long. So the search needs little memory for a long secret, and
 * finds also one that is broken into lines.
 */
final class Needles {
    /** How much of a text is looked for: less than the shortest lines into which base64 is broken. */
    static final int MAX_LENGTH = 48;

    private final Node root = new Node(0);

    /** The needles; none may be empty. */
    Needles(Collection<String> texts) {
        texts.forEach(this::add);
        connect();
    }

    Node root() {
        return root;
    }

    private void add(String text) {
        Node node = root;
        int length = Math.min(text.length(), MAX_LENGTH);
        for (int i = 0; i < length; i++) {
            int depth = i + 1;
            node = node.next.computeIfAbsent(text.charAt(i), c -> new Node(depth));
        }
        node.found = length;
        if (length < text.length()) {
            node.restLength = Math.max(node.restLength, text.length() - length);
            text.chars().forEach(node.restOf::set);
        }
    }

    /** Each node learns where to go on when the next character does not fit, the shorter ones before the longer. */
    private void connect() {
        Deque<Node> open = new ArrayDeque<>();
        root.next.values().forEach(child -> {
            child.otherwise = root;
            open.add(child);
        });
        while (!open.isEmpty()) {
            Node node = open.removeFirst();
            node.take(node.otherwise);
            node.next.forEach((c, child) -> {
                child.otherwise = node.otherwise.after(c);
                open.add(child);
            });
        }
    }

    /** What has been read so far, as far as it is the beginning of a needle. */
    static final class Node {
        private final Map<Character, Node> next = new HashMap<>(2);
        private final int depth;
        private final BitSet restOf = new BitSet();
        private Node otherwise;
        private int found;
        private int restLength;

        private Node(int depth) {
            this.depth = depth;
        }

        private void take(Node shorter) {
            found = Math.max(found, shorter.found);
            restLength = Math.max(restLength, shorter.restLength);
            restOf.or(shorter.restOf);
        }

        /** The node after one more character. */
        Node after(char c) {
            Node node = this;
            Node following = node.next.get(c);
            while (following == null && node.otherwise != null) {
                node = node.otherwise;
                following = node.next.get(c);
            }
            return following == null ? node : following;
        }

        /** How many of the last characters may still become a find. */
        int depth() {
            return depth;
        }

        /** How many of the last characters are a find; 0 for none. */
        int found() {
            return found;
        }

        /** How many characters more are found if they are of {@link #restOf}. */
        int restLength() {
            return restLength;
        }

        BitSet restOf() {
            return restOf;
        }
    }
}
