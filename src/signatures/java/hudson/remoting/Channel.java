package hudson.remoting;

/** What promise jobs use of this class of Jenkins 2.479.3; never packaged. */
public class Channel implements hudson.remoting.VirtualChannel {
    private Channel() {
        throw new UnsupportedOperationException();
    }

    public boolean isClosingOrClosed() {
        throw new UnsupportedOperationException();
    }
}
