package hudson.console;

/** What promise jobs use of this class of Jenkins 2.479.3; never packaged. */
@SuppressWarnings({"rawtypes", "unchecked"})
public abstract class LineTransformationOutputStream extends java.io.OutputStream {
    public LineTransformationOutputStream() {
        throw new UnsupportedOperationException();
    }

    protected abstract void eol(byte[] b, int len) throws java.io.IOException;

    public void write(int b) throws java.io.IOException {
        throw new UnsupportedOperationException();
    }

    /** See the class around it. */
    public abstract static class Delegating extends hudson.console.LineTransformationOutputStream {
        protected final java.io.OutputStream out = absent();

        private static <A> A absent() {
            throw new UnsupportedOperationException();
        }

        protected Delegating(java.io.OutputStream out) {
            throw new UnsupportedOperationException();
        }

        public void close() throws java.io.IOException {
            throw new UnsupportedOperationException();
        }
    }
}
