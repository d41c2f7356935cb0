package hudson.remoting;

/** What promise jobs use of this class of Jenkins 2.479.3; never packaged. */
public class RemoteInputStream extends java.io.InputStream implements java.io.Serializable {
    public RemoteInputStream(java.io.InputStream core, hudson.remoting.RemoteInputStream.Flag f) {
        throw new UnsupportedOperationException();
    }

    public int read() throws java.io.IOException {
        throw new UnsupportedOperationException();
    }

    public enum Flag {
        GREEDY,
        MANUAL_UNEXPORT
    }
}
