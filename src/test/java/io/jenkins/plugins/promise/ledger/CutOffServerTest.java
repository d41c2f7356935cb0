package io.jenkins.plugins.promise.ledger;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.promise.ledger.controllers.ControllerIdentity;
import io.jenkins.plugins.promise.ledger.database.LedgerLocation;
import io.jenkins.plugins.promise.testing.Eventually;
import io.jenkins.plugins.promise.testing.Postgres;
import io.jenkins.plugins.promise.testing.Whole;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.Test;
import org.junit.experimental.categories.Category;

/** A ledger whose server is not heard of any more. */
@Category(Whole.class)
public class CutOffServerTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Test
    public void aServerThatIsSilentlyCutOffIsNotWaitedForForEver() throws Exception {
        try (Postgres postgres = new Postgres();
                Wire wire = new Wire(URI.create(postgres.newDatabase()))) {
            Ledger ledger = Ledger.open(
                    LedgerLocation.shared(wire.url(), "postgres"),
                    ControllerIdentity.begin("one", "http://one"),
                    Clock.systemUTC());
            ledger.peers().beat().join();
            wire.cut();
            CompletableFuture<Void> cut = ledger.peers().beat();
            assertThatThrownBy(() -> cut.get(30, TimeUnit.SECONDS)).isInstanceOf(ExecutionException.class);
            Eventually.until("it beats over a new connection", PATIENCE, () -> {
                CompletableFuture<Void> beat = ledger.peers().beat();
                return beat.handle((done, problem) -> problem == null).get();
            });
            ledger.close();
        }
    }

    /** Between a controller and its database: once it is cut, what was connected hears nothing more, not even an end. */
    private static final class Wire implements AutoCloseable {
        private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        private final URI database;
        private final List<AtomicBoolean> cuts = new CopyOnWriteArrayList<>();
        private final List<Socket> sockets = new CopyOnWriteArrayList<>();

        private Wire(URI database) throws IOException {
            this.database = database;
            start(() -> {
                while (true) {
                    Socket near = server.accept();
                    Socket far = new Socket("127.0.0.1", database.getPort());
                    sockets.add(near);
                    sockets.add(far);
                    AtomicBoolean cut = new AtomicBoolean();
                    cuts.add(cut);
                    start(() -> copy(near, far, cut));
                    start(() -> copy(far, near, cut));
                }
            });
        }

        private static void copy(Socket from, Socket to, AtomicBoolean cut) throws IOException {
            byte[] some = new byte[8192];
            for (int read = from.getInputStream().read(some);
                    read >= 0;
                    read = from.getInputStream().read(some)) {
                if (!cut.get()) {
                    to.getOutputStream().write(some, 0, read);
                }
            }
        }

        private static void start(Step step) {
            Thread thread = new Thread(() -> {
                try {
                    step.run();
                } catch (IOException e) {
                    // It was closed.
                }
            });
            thread.setDaemon(true);
            thread.start();
        }

        private String url() {
            return "postgresql://postgres@127.0.0.1:" + server.getLocalPort() + database.getPath();
        }

        private void cut() {
            cuts.forEach(c -> c.set(true));
        }

        @Override
        public void close() throws IOException {
            server.close();
            for (Socket socket : sockets) {
                socket.close();
            }
        }

        private interface Step {
            void run() throws IOException;
        }
    }
}
