package hudson.model.listeners;

/** What promise jobs use of this class of Jenkins 2.479.3; never packaged. */
@SuppressWarnings({"rawtypes", "unchecked"})
public class ItemListener {
    public ItemListener() {
        throw new UnsupportedOperationException();
    }

    public void onLocationChanged(hudson.model.Item item, String oldFullName, String newFullName) {
        throw new UnsupportedOperationException();
    }

    public void onDeleted(hudson.model.Item item) {
        throw new UnsupportedOperationException();
    }

    public void onLoaded() {
        throw new UnsupportedOperationException();
    }

    public void onUpdated(hudson.model.Item item) {
        throw new UnsupportedOperationException();
    }
}
