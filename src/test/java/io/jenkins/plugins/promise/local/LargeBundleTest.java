package io.jenkins.plugins.promise.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.promise.deployment.bundle.Bundle;
import io.jenkins.plugins.promise.engine.compiler.OrchestrationCompiler;
import io.jenkins.plugins.promise.suite.SuiteCompiler;
import io.jenkins.plugins.promise.suite.SuiteReader;
import io.jenkins.plugins.promise.testing.CommandProcess;
import io.jenkins.plugins.promise.testing.Http;
import io.jenkins.plugins.promise.testing.SuiteFolder;
import io.jenkins.plugins.promise.testing.Whole;
import java.io.ByteArrayOutputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.Rule;
import org.junit.Test;
import org.junit.experimental.categories.Category;
import org.junit.rules.TemporaryFolder;

/** A deployment is in memory at no time: a controller takes in more than it has. */
@Category(Whole.class)
public class LargeBundleTest {
    private static final long MEGABYTE = 1 << 20;
    private static final long FILES = 60;

    @Rule
    public TemporaryFolder folder = new TemporaryFolder();

    @Test
    public void moreIsDeployedToAControllerThanItHasMemory() throws Exception {
        SuiteFolder suite = new SuiteFolder(folder.newFolder().toPath())
                .worker("count", "printf '{\"data\": %s}' \"$(wc -c < \"$PROMISE_JOB_DIR/large\")\" > report.json");
        Path large = suite.root().resolve("jobs/count/large");
        try (RandomAccessFile file = new RandomAccessFile(large.toFile(), "rw")) {
            file.setLength(FILES * MEGABYTE);
        }
        SuiteReader reader = new SuiteReader(new OrchestrationCompiler());
        Bundle bundle = new SuiteCompiler(reader, Map.of()).compile(reader.read(suite.root()));
        ByteArrayOutputStream sent = new ByteArrayOutputStream();
        bundle.write(sent);
        SuiteFolder idle = new SuiteFolder(folder.newFolder().toPath()).worker("idle", "true");
        Path home = folder.newFolder().toPath();

        try (CommandProcess serve = CommandProcess.start(
                folder.getRoot().toPath(),
                Map.of(),
                List.of("-Xmx50m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"),
                "io.jenkins.plugins.promise.cli.PromiseCommand",
                List.of("serve", idle.root().toString(), "--open", "--port", "0", "--home", home.toString()))) {
            Http http = new Http(serve.url());
            for (int time = 0; time < 2; time++) {
                Http.Answer answer = http.post("/promises/deploy", "application/zip", sent.toByteArray());
                assertThat(answer.status()).as(answer.body() + serve.err()).isEqualTo(200);
            }
            String id =
                    http.form("/promises/submit/count", "").json().path("id").asText();
            http.settled(id, Duration.ofSeconds(30));
            assertThat(http.get("/promises/" + id + "/report")
                            .json()
                            .path("data")
                            .asLong())
                    .isEqualTo(FILES * MEGABYTE);
            assertThat(home.resolve("deployed/incoming")).isEmptyDirectory();
            assertThat(Files.size(home.resolve("deployed")
                            .resolve(bundle.versions().get(0).version())
                            .resolve("files/large")))
                    .isEqualTo(FILES * MEGABYTE);
        }
    }
}
