package io.jenkins.plugins.promise.local.handover;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.promise.contract.json.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;

/** What two controllers say to each other: objects of JSON, a line each. */
final class Words implements AutoCloseable {
    private static final Logger LOGGER = Logger.getLogger(Words.class.getName());

    private final SocketChannel channel;
    private final BufferedReader in;

    Words(SocketChannel channel) {
        this.channel = channel;
        // A channel is not read and written at once through streams of its own, and here it is.
        this.in = new BufferedReader(Channels.newReader(channel, StandardCharsets.UTF_8));
    }

    static ObjectNode word() {
        return Json.mapper().createObjectNode();
    }

    void say(JsonNode word) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap((word + "\n").getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    /** What the other one says next; nothing if it is gone. */
    Optional<JsonNode> hear() throws IOException {
        String line = in.readLine();
        return line == null ? Optional.empty() : Optional.of(Json.mapper().readTree(line));
    }

    /** Closes it, whatever becomes of that. */
    void hangUp() {
        try {
            close();
        } catch (IOException e) {
            LOGGER.log(Level.FINE, "the other one is gone already", e);
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
