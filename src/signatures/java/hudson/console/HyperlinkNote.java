package hudson.console;

/** What promise jobs use of this class of Jenkins 2.479.3; never packaged. */
@SuppressWarnings({"rawtypes", "unchecked"})
public class HyperlinkNote extends hudson.console.ConsoleNote {
    public static String encodeTo(String url, String text) {
        throw new UnsupportedOperationException();
    }

    private HyperlinkNote() {
        throw new UnsupportedOperationException();
    }
}
