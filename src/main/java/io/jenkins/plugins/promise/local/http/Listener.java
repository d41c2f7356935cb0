package io.jenkins.plugins.promise.local.http;

import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;

/** The address that a controller has taken, known before anything answers there. */
public final class Listener implements AutoCloseable {
    private static final int BACKLOG = 1_024;

    private final ServerSocketChannel channel;
    private final String host;
    private final int port;

    private Listener(ServerSocketChannel channel, String host, int port) {
        this.channel = channel;
        this.host = host;
        this.port = port;
    }

    /**
     * Takes an address. Connections wait until somebody accepts them.
     *
     * @param port 0 for any free one
     * @throws IOException if it is taken or is none of this machine's
     */
    public static Listener bind(String host, int port) throws IOException {
        ServerSocketChannel channel = ServerSocketChannel.open();
        try {
            channel.bind(new InetSocketAddress(host, port), BACKLOG);
            return new Listener(channel, host, channel.socket().getLocalPort());
        } catch (IOException | RuntimeException e) {
            channel.close();
            String wayOut = e instanceof BindException && port != 0
                    ? "; if another program has it, take another with --port, 0 for any that is free"
                    : "";
            throw new IOException("cannot listen on " + host + ":" + port + ": " + e.getMessage() + wayOut, e);
        }
    }

    /** What connections wait at until somebody accepts them. */
    public ServerSocketChannel channel() {
        return channel;
    }

    /** The port, also where any free one was asked for. */
    public int port() {
        return port;
    }

    /** Where it is reached. */
    public String url() {
        return "http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }

    /** Whether the address can be taken, by another process too. */
    public boolean free() {
        try (Listener probe = bind(host, port)) {
            return probe.port() == port;
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
