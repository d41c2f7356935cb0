import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Receives reports of Promise Jobs: verifies who sent them, takes each one once, and prints it.
 *
 * <pre>SIGNING_KEYS="whsec_..." java Receiver.java 8099</pre>
 *
 * <p>Several keys, with spaces between them, are taken while a key is being replaced. Java 17 or newer, nothing else.
 */
public final class Receiver {
    private static final int TOLERANCE_SECONDS = 300;
    private static final int MOST_BYTES = 10 * 1024 * 1024;

    private final List<byte[]> keys = new ArrayList<>();
    /** Keep it where your work is kept: in one transaction with what a report does. */
    private final Set<String> seen = new HashSet<>();

    private Receiver(String keys) {
        for (String key : keys.trim().split("\\s+")) {
            byte[] secret = key.startsWith("whsec_")
                    ? Base64.getDecoder().decode(key.substring("whsec_".length()))
                    : new byte[0];
            // An empty or half key would let anybody sign.
            if (secret.length < 24) {
                throw new IllegalArgumentException("SIGNING_KEYS: each key is whsec_ and base64 of 24 bytes or more;"
                        + " the controller's are in its home, in secrets-*/signing-keys");
            }
            this.keys.add(secret);
        }
    }

    public static void main(String[] arguments) throws IOException {
        Receiver receiver = new Receiver(System.getenv().getOrDefault("SIGNING_KEYS", ""));
        HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", Integer.parseInt(arguments[0])), 0);
        server.setExecutor(Executors.newFixedThreadPool(8));
        server.createContext("/", receiver::answer);
        server.start();
        System.out.println(
                "Listening on http://127.0.0.1:" + server.getAddress().getPort());
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            exchange.sendResponseHeaders(status(exchange), -1);
        }
    }

    private int status(HttpExchange exchange) throws IOException {
        if (!exchange.getRequestMethod().equals("POST")) {
            return 405;
        }
        byte[] body = exchange.getRequestBody().readNBytes(MOST_BYTES + 1);
        if (body.length > MOST_BYTES) {
            return 413;
        }
        String id = exchange.getRequestHeaders().getFirst("webhook-id");
        String timestamp = exchange.getRequestHeaders().getFirst("webhook-timestamp");
        String signatures = exchange.getRequestHeaders().getFirst("webhook-signature");
        if (!genuine(id, timestamp, signatures, body)) {
            return 401;
        }
        synchronized (seen) {
            // The same report comes again when an answer was lost on its way: it has the same id then.
            if (!seen.contains(id)) {
                System.out.println(new String(body, StandardCharsets.UTF_8));
                seen.add(id);
            }
        }
        return 204;
    }

    /** As standardwebhooks.com has it: HMAC-SHA256 over id.timestamp.body, compared in constant time. */
    private boolean genuine(String id, String timestamp, String signatures, byte[] body) {
        if (id == null || signatures == null || timestamp == null || !timestamp.matches("[0-9]{1,12}")) {
            return false;
        }
        if (Math.abs(Instant.now().getEpochSecond() - Long.parseLong(timestamp)) > TOLERANCE_SECONDS) {
            return false;
        }
        boolean genuine = false;
        for (byte[] key : keys) {
            for (String given : signatures.split(" ")) {
                genuine |= MessageDigest.isEqual(
                        signature(key, id, timestamp, body).getBytes(StandardCharsets.UTF_8),
                        given.getBytes(StandardCharsets.UTF_8));
            }
        }
        return genuine;
    }

    private static String signature(byte[] key, String id, String timestamp, byte[] body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            mac.update((id + "." + timestamp + ".").getBytes(StandardCharsets.UTF_8));
            return "v1," + Base64.getEncoder().encodeToString(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has HmacSHA256", e);
        }
    }
}
