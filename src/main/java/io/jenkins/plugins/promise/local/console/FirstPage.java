package io.jenkins.plugins.promise.local.console;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/**
 * The first page of a controller that has just begun, asked for by itself: what all pages need is loaded then, and nobody
 * waits for that. It is asked for as a browser asks, for most of the time is spent between the two.
 */
public final class FirstPage {
    private static final int PATIENCE_MILLIS = 30_000;

    private final URI address;
    private final String operatorToken;

    /** That of the controller at an address. */
    public FirstPage(URI address, String operatorToken) {
        this.address = address;
        this.operatorToken = operatorToken;
    }

    /** Asks for it, in the background. */
    public void load() {
        Thread thread = new Thread(this::ask, "promise-first-page");
        thread.setDaemon(true);
        thread.start();
    }

    private void ask() {
        try (Socket socket = new Socket(address.getHost(), address.getPort());
                OutputStream out = socket.getOutputStream();
                InputStream in = socket.getInputStream()) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            out.write(("GET / HTTP/1.1\r\nHost: " + address.getAuthority() + "\r\nAccept: text/html\r\n"
                            + "Authorization: Bearer " + operatorToken + "\r\nConnection: close\r\n\r\n")
                    .getBytes(StandardCharsets.UTF_8));
            out.flush();
            in.transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            // Whoever opens it first waits for it, as if nobody had asked.
        }
    }
}
