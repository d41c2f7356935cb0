package net.sf.json;

/** What promise jobs use of this class of json-lib; never packaged. */
@SuppressWarnings({"rawtypes", "unchecked"})
abstract class AbstractJSON {
    AbstractJSON() {
        throw new UnsupportedOperationException();
    }
}
