package hudson.model.labels;

/** What promise jobs use of this class of Jenkins 2.479.3; never packaged. */
@SuppressWarnings({"rawtypes", "unchecked"})
public class LabelAtom extends hudson.model.Label {
    public LabelAtom(String name) {
        super(null);
        throw new UnsupportedOperationException();
    }
}
