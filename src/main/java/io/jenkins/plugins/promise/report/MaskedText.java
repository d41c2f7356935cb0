package io.jenkins.plugins.promise.report;

import java.util.BitSet;

/**
 * A text that comes in pieces, with {@code ****} in place of what was found in it. Held back is only what may still be
 * the beginning of a find. Not for several threads.
 */
final class MaskedText {
    private static final String MASK = "****";

    private final Needles.Node start;
    private final StringBuilder shown = new StringBuilder();
    /** What is not decided: never more than a needle and a character, so that one long can say what of it is hidden. */
    private final StringBuilder held = new StringBuilder();

    private final BitSet restOf = new BitSet();
    private Needles.Node at;
    private long hidden;
    private int restLength;
    private boolean masking;

    MaskedText(Needles needles) {
        this.start = needles.root();
        this.at = start;
    }

    /** Takes the next piece. */
    MaskedText add(CharSequence piece) {
        for (int i = 0; i < piece.length(); i++) {
            add(piece.charAt(i));
        }
        return this;
    }

    private void add(char c) {
        at = at.after(c);
        held.append(c);
        boolean lineEnd = c == '\n' || c == '\r';
        if (restLength > 0 && (lineEnd || restOf.get(c))) {
            hidden |= 1L << (held.length() - 1);
            restLength -= lineEnd ? 0 : 1;
        } else {
            restLength = 0;
        }
        if (at.found() > 0) {
            hidden |= ((1L << at.found()) - 1) << (held.length() - at.found());
        }
        if (at.restLength() > 0) {
            if (restLength == 0) {
                restOf.clear();
            }
            restOf.or(at.restOf());
            restLength = Math.max(restLength, at.restLength());
        }
        show(held.length() - at.depth());
    }

    /** Nothing more comes: what was held back is shown. */
    MaskedText end() {
        show(held.length());
        at = start;
        restLength = 0;
        masking = false;
        return this;
    }

    private void show(int length) {
        for (int i = 0; i < length; i++) {
            boolean hide = (hidden >>> i & 1) == 1;
            if (!hide) {
                shown.append(held.charAt(i));
            } else if (!masking) {
                shown.append(MASK);
            }
            masking = hide;
        }
        held.delete(0, length);
        hidden >>>= length;
    }

    /** What can be shown since this was last asked. */
    String take() {
        String taken = shown.toString();
        shown.setLength(0);
        return taken;
    }
}
