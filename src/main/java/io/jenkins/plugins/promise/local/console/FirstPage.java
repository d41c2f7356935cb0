package io.jenkins.plugins.promise.local.console;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Proxy;
import java.net.URI;
import java.net.URLConnection;

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
        try {
            URLConnection connection = address.toURL().openConnection(Proxy.NO_PROXY);
            connection.setReadTimeout(PATIENCE_MILLIS);
            connection.setRequestProperty("Accept", "text/html");
            connection.setRequestProperty("Authorization", "Bearer " + operatorToken);
            try (InputStream in = connection.getInputStream()) {
                in.transferTo(OutputStream.nullOutputStream());
            }
        } catch (IOException e) {
            // Whoever opens it first waits for it, as if nobody had asked.
        }
    }
}
