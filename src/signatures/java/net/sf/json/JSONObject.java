package net.sf.json;

/** What promise jobs use of this class of json-lib; never packaged. */
@SuppressWarnings({"rawtypes", "unchecked"})
public final class JSONObject extends net.sf.json.AbstractJSON implements Comparable {
    public int compareTo(Object obj) {
        throw new UnsupportedOperationException();
    }

    public static net.sf.json.JSONObject fromObject(Object object) {
        throw new UnsupportedOperationException();
    }

    public Object remove(String key) {
        throw new UnsupportedOperationException();
    }

    private JSONObject() {
        throw new UnsupportedOperationException();
    }
}
