package hudson.util;

/** What promise jobs use of this class of Jenkins 2.479.3; never packaged. */
@SuppressWarnings({"rawtypes", "unchecked"})
public class ListBoxModel extends java.util.ArrayList<hudson.util.ListBoxModel.Option>
        implements org.kohsuke.stapler.HttpResponse {
    public ListBoxModel() {
        throw new UnsupportedOperationException();
    }

    public hudson.util.ListBoxModel add(String nameAndValue) {
        throw new UnsupportedOperationException();
    }

    public void add(String displayName, String value) {
        throw new UnsupportedOperationException();
    }

    /** See the class around it. */
    public static final class Option {
        private Option() {
            throw new UnsupportedOperationException();
        }
    }
}
