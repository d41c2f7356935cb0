package hudson;

/** What promise jobs use of this class of Jenkins 2.479.3; never packaged. */
@SuppressWarnings({"rawtypes", "unchecked"})
public class Util {
    public static String fixEmpty(String s) {
        throw new UnsupportedOperationException();
    }

    public static String fixEmptyAndTrim(String s) {
        throw new UnsupportedOperationException();
    }

    public static String getTimeSpanString(long duration) {
        throw new UnsupportedOperationException();
    }

    private Util() {
        throw new UnsupportedOperationException();
    }
}
