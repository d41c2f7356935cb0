package io.jenkins.plugins.promise.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.promise.ledger.promise.Promise;
import io.jenkins.plugins.promise.ledger.promise.PromiseState;
import io.jenkins.plugins.promise.testing.Controllers;
import io.jenkins.plugins.promise.testing.Eventually;
import io.jenkins.plugins.promise.testing.Http;
import io.jenkins.plugins.promise.testing.SuiteFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** What may come between an orchestration and its workers: cancellations, full disks, errors, and too many levels. */
public class OrchestrationTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Rule
    public TemporaryFolder folder = new TemporaryFolder();

    private SuiteFolder suite;
    private Path home;
    private Path marks;
    private LocalController controller;
    private Http http;

    @Before
    public void prepare() throws IOException {
        suite = new SuiteFolder(folder.newFolder().toPath());
        home = folder.newFolder().toPath();
        marks = folder.newFolder().toPath();
        suite.worker("w", "touch " + marks + "/$PROMISE_ID; sleep 1 && touch " + marks + "/$PROMISE_ID-end");
    }

    @After
    public void stop() {
        if (controller != null) {
            controller.close();
        }
    }

    private void start() throws IOException {
        controller = new Controllers(home).start(suite);
        http = new Http(controller.url());
    }

    private String submit(String job, String form) throws Exception {
        Http.Answer answer = http.form("/promises/submit/" + job, form);
        assertThat(answer.status()).as(answer.body()).isEqualTo(201);
        return answer.json().path("id").asText();
    }

    private String reason(String id) throws Exception {
        http.settled(id, PATIENCE);
        return http.get("/promises/" + id + "/report").json().path("reason").asText();
    }

    private void cancel(String id) {
        try {
            http.form("/promises/" + id + "/cancel", "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Does something the first time that a promise of that job is in that state, on the thread that brought it there. */
    private void once(String job, PromiseState state, Consumer<Promise> then) {
        AtomicInteger times = new AtomicInteger();
        controller.listen(p -> {
            if (p.job().equals(job) && p.state() == state && times.getAndIncrement() == 0) {
                then.accept(p);
            }
        });
    }

    private List<String> marked() throws IOException {
        try (Stream<Path> files = Files.list(marks)) {
            return files.map(f -> f.getFileName().toString()).toList();
        }
    }

    @Test
    public void aCancelThatComesWhileTheScriptStartsLetsItCallNothing() throws Exception {
        suite.orchestration("o", "worker job: 'w'");
        start();
        once("o", PromiseState.PENDING, p -> cancel(p.id()));
        String id = submit("o", "");

        assertThat(reason(id)).startsWith("cancelled by request");
        assertThat(reason(submit("o", ""))).isEqualTo("1 worker in 1 phase");
        assertThat(http.get("/promises/" + id + "-1-0-1").status()).isEqualTo(404);
        assertThat(marked()).noneMatch(m -> m.startsWith(id));
    }

    @Test
    public void aCancelThatComesWhileAPhaseIsSubmittedLetsItSubmitNoMore() throws Exception {
        // More than are submitted together.
        suite.worker("w", "sleep 1 && touch " + marks + "/$PROMISE_ID-end");
        suite.orchestration("o", "phase('p') { for (i in 0..<220) { worker job: 'w', as: 'w' + i } }");
        suite.orchestration("few", "phase('p') { for (i in 0..<2) { worker job: 'w', as: 'w' + i } }");
        start();
        once("w", PromiseState.PENDING, p -> cancel(p.parent().promise()));
        String id = submit("o", "");

        assertThat(reason(id)).startsWith("cancelled by request");
        assertThat(reason(submit("few", ""))).isEqualTo("2 workers in 1 phase");
        Eventually.until("all is settled", PATIENCE, () -> controller.openPromises() == 0);
        assertThat(http.get("/promises/" + id + "-1-210-1").status()).isEqualTo(404);
        assertThat(marked()).noneMatch(m -> m.equals(id + "-1-0-1-end"));
    }

    @Test
    public void whatIsCancelledWhileItRunsTellsWhatItDidUntilThen() throws Exception {
        suite.worker("w", "echo measuring; touch " + marks + "/$PROMISE_ID; sleep 60");
        suite.orchestration("o", "echo 'here I am'\nworker job: 'w'");
        start();
        String id = submit("o", "");
        Eventually.until("the worker prints", PATIENCE, () -> marked().contains(id + "-1-0-1"));

        cancel(id);

        JsonNode log = http.get("/promises/" + id + "/report").json().path("log");
        assertThat(log.path("url").asText()).endsWith("/promises/" + id + "/log");
        assertThat(log.path("tail").toString()).startsWith("[\"here I am\"");
        http.settled(id + "-1-0-1", PATIENCE);
        assertThat(http.get("/promises/" + id + "-1-0-1/report")
                        .json()
                        .at("/log/tail")
                        .toString())
                .isEqualTo("[\"measuring\"]");
        JsonNode told = http.get("/promises/" + id).json();
        assertThat(told.at("/phases/0/workers/0/status").asText()).isEqualTo("FAILURE");
        assertThat(told.toString()).doesNotContainPattern("[0-9]\\.[0-9]{4,}Z");
    }

    @Test
    public void noneOfManyCancelledOrchestrationsLetsAWorkerRunToItsEnd() throws Exception {
        suite.orchestration("o", "worker job: 'w'");
        start();
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            String id = submit("o", "");
            cancel(id);
            ids.add(id);
        }
        for (String id : ids) {
            assertThat(reason(id)).startsWith("cancelled by request");
        }
        Eventually.until("all is settled", PATIENCE, () -> controller.openPromises() == 0);
        controller.close();

        assertThat(marked()).noneMatch(m -> m.endsWith("-end"));
    }

    @Test
    public void aSecretThatCannotBeOpenedAnyMoreSettlesItsOrchestration() throws Exception {
        suite.orchestration("o", "sleep 3600", "inputs: { PASS: { type: secret, required: true } }");
        start();
        String id = submit("o", "PASS=hunter2hunter2");
        Eventually.until("it is saved", PATIENCE, () -> Files.exists(home.resolve("runs/" + id + "/program")));
        controller.close();
        Path key;
        try (Stream<Path> files = Files.walk(home)) {
            key = files.filter(f -> f.endsWith("seal-key")).findFirst().orElseThrow();
        }
        Files.writeString(key, "A".repeat(43) + "\n");
        start();

        assertThat(reason(id)).contains("the secret input PASS cannot be opened");
    }

    @Test
    public void aHomeRestoredWithoutItsSealKeyStartsSaysSoAndSettlesWhatCannotBeOpened() throws Exception {
        suite.orchestration("o", "sleep 3600", "inputs: { PASS: { type: secret, required: true } }");
        suite.worker("secretive", "sleep 3600", "inputs: { PASS: { type: secret, required: true } }");
        start();
        String orchestration = submit("o", "PASS=hunter2hunter2");
        String worker = submit("secretive", "PASS=hunter2hunter2");
        Eventually.until(
                "it is saved", PATIENCE, () -> Files.exists(home.resolve("runs/" + orchestration + "/program")));
        Eventually.until("it runs", PATIENCE, () -> http.get("/promises/" + worker)
                .body()
                .contains("RUNNING"));
        controller.close();
        try (Stream<Path> files = Files.walk(home)) {
            Files.delete(files.filter(f -> f.endsWith("seal-key")).findFirst().orElseThrow());
        }
        List<String> told = told(this::start);

        assertThat(told).singleElement().asString().contains("had no seal-key, and gets a new one");
        assertThat(reason(orchestration)).contains("the secret input PASS cannot be opened");
        assertThat(reason(worker)).contains("the secret input PASS cannot be opened");
        controller.close();
        assertThat(told(this::start)).isEmpty();
    }

    private interface Deed {
        void run() throws IOException;
    }

    /** What a controller warns of meanwhile. */
    private static List<String> told(Deed deed) throws IOException {
        Logger logger = Logger.getLogger(LocalParts.class.getName());
        List<String> told = new CopyOnWriteArrayList<>();
        logger.setFilter(line -> {
            told.add(line.getMessage());
            return false;
        });
        try {
            deed.run();
        } finally {
            logger.setFilter(null);
        }
        return told;
    }

    @Test
    public void aDiskThatIsFullWhenAnOrchestrationIsSavedIsWaitedFor() throws Exception {
        suite.worker("slow", "until [ -e " + marks + "/go ]; do sleep 0.05; done");
        suite.orchestration("o", "worker job: 'slow'\nsleep 1\nworker job: 'w'");
        start();
        String id = submit("o", "");
        Path program = home.resolve("runs/" + id + "/program");
        Eventually.until("it is saved", PATIENCE, () -> Files.exists(program));
        // What is written first is this file; a folder in its place refuses it as a full disk would.
        Path inTheWay = program.resolveSibling("program.tmp");
        Files.createDirectories(inTheWay.resolve("x"));
        Files.createFile(marks.resolve("go"));
        Eventually.until("the worker ended", PATIENCE, () -> http.get("/promises/" + id + "-1-0-1")
                .body()
                .contains("FULFILLED"));
        // Longer than the first attempt at saving it again takes to come.
        Eventually.until("time has passed", PATIENCE, after(Duration.ofMillis(1_200))::passed);
        assertThat(http.get("/promises/" + id).json().path("state").asText()).isEqualTo("RUNNING");
        Files.delete(inTheWay.resolve("x"));
        Files.delete(inTheWay);

        assertThat(reason(id)).isEqualTo("2 workers in 2 phases");
    }

    private interface Time {
        boolean passed();
    }

    private static Time after(Duration time) {
        long end = System.nanoTime() + time.toNanos();
        return () -> System.nanoTime() > end;
    }

    @Test
    public void moreThanFiveLevelsAreRefusedAtTheCall() throws Exception {
        suite.orchestration(
                "deep",
                "def self = 'de' + 'ep'\nif (inputs.N > 0) { worker job: self, inputs: [N: inputs.N - 1] }",
                "inputs: { N: { type: integer, required: true } }");
        start();

        assertThat(reason(submit("deep", "N=5"))).isEqualTo("1 worker in 1 phase");
        String id = submit("deep", "N=6");
        assertThat(reason(id))
                .endsWith("nothing was started: worker 'deep' would stand on level 6 of orchestrations that call each"
                        + " other, and 5 is the most; call it from an orchestration further up");
        Eventually.until("all is settled", PATIENCE, () -> controller.openPromises() == 0);
    }

    @Test
    public void aPhaseIsNotedAtItsStartAndAtItsEndOnly() throws Exception {
        suite.worker("quick", "true");
        suite.worker("w", "sleep 0.2 && touch " + marks + "/$PROMISE_ID-end");
        suite.orchestration("o", "phase('p') { for (i in 0..<20) { worker job: 'quick', as: 'w' + i, retries: 1 } }");
        start();
        ConcurrentHashMap<String, AtomicInteger> changes = new ConcurrentHashMap<>();
        controller.listen(
                p -> changes.computeIfAbsent(p.id(), i -> new AtomicInteger()).incrementAndGet());
        String id = submit("o", "");

        assertThat(reason(id)).isEqualTo("20 workers in 1 phase");
        JsonNode workers = http.get("/promises/" + id).json().at("/phases/0/workers");
        assertThat(workers)
                .hasSize(20)
                .allSatisfy(w -> assertThat(w.path("status").asText()).isEqualTo("SUCCESS"));
        assertThat(changes.get(id).get())
                .as("accepted, running, the phase's start and end, settled")
                .isLessThanOrEqualTo(5);
    }

    @Test
    public void aSecretStandsInClearInNoFileWhileItsOrchestrationWaits() throws Exception {
        suite.orchestration(
                "o",
                "def mine = 'copied-' + inputs.PASS\nsleep 3600\necho mine",
                "inputs: { PASS: { type: secret, required: true } }");
        start();
        String id = submit("o", "PASS=hunter2hunter2");
        Path program = home.resolve("runs/" + id + "/program");
        Eventually.until("it is saved", PATIENCE, () -> Files.exists(program));

        try (Stream<Path> files = Files.walk(home)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
                        .as(file.toString())
                        .doesNotContain("hunter2");
            }
        }
        controller.close();
        start();
        Eventually.until("it goes on", PATIENCE, () -> http.get("/promises/" + id + "/log")
                .body()
                .contains("going on after a restart"));
        cancel(id);
        assertThat(reason(id)).startsWith("cancelled by request");
        assertThat(program).doesNotExist();
    }
}
