package io.jenkins.plugins.promise.local.handover;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Where the next controller of a home asks for what this one has: a socket in the home, which is its user's only. Whoever is
 * killed is gone from it at once.
 */
final class HandoverSocket implements AutoCloseable {
    private static final Logger LOGGER = Logger.getLogger(HandoverSocket.class.getName());
    private static final String FILE = "handover";

    private final Path file;
    private final ServerSocketChannel channel;
    private final URI url;
    private final CompletableFuture<Successor> asked = new CompletableFuture<>();

    private HandoverSocket(Path file, ServerSocketChannel channel, URI url) {
        this.file = file;
        this.channel = channel;
        this.url = url;
    }

    /** The address of a home's socket. */
    static UnixDomainSocketAddress address(Path home) throws IOException {
        return UnixDomainSocketAddress.of(home.toRealPath().resolve(FILE));
    }

    /**
     * Listens in a home that this process has; where no socket can be made, nobody can ask.
     *
     * @param url where this controller listens
     */
    static HandoverSocket open(Path home, URI url) throws IOException {
        UnixDomainSocketAddress address = address(home);
        HandoverSocket socket =
                new HandoverSocket(address.getPath(), ServerSocketChannel.open(StandardProtocolFamily.UNIX), url);
        try {
            // One that was killed has left it.
            Files.deleteIfExists(address.getPath());
            socket.channel.bind(address);
            Thread listener = new Thread(socket::listen, "promise-handover");
            listener.setDaemon(true);
            listener.start();
        } catch (IOException e) {
            LOGGER.log(
                    Level.WARNING,
                    "the next controller of this home cannot take over while this one runs, for {0} cannot be made (its"
                            + " path may be too long): {1}",
                    new Object[] {address.getPath(), e.getMessage()});
        }
        return socket;
    }

    private void listen() {
        try {
            while (!asked.isDone()) {
                Successor.of(channel.accept(), url).ifPresent(asked::complete);
            }
        } catch (AsynchronousCloseException e) {
            LOGGER.log(Level.FINE, "nobody asked", e);
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, "the next controller of this home cannot ask for what this one has", e);
        }
    }

    /** Done when the next controller asks. */
    CompletableFuture<Successor> asked() {
        return asked;
    }

    /** Is gone: nobody else can ask. */
    void leave() throws IOException {
        if (channel.isOpen() && channel.getLocalAddress() != null) {
            channel.close();
            Files.deleteIfExists(file);
        }
    }

    @Override
    public void close() throws IOException {
        leave();
        channel.close();
    }
}
