package io.jenkins.plugins.promise.jenkins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.casc.ConfigurationAsCode;
import io.jenkins.plugins.promise.jenkins.config.PromiseConfiguration;
import io.jenkins.plugins.promise.jenkins.config.WatchConfiguration;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.jvnet.hudson.test.JenkinsRule;

/** Configuration as Code reads what the documentation shows, and writes the same. */
public final class ConfigurationAsCodeTest {
    private static final Path DOCUMENTATION = Path.of("docs/jenkins.md");

    @Rule
    public final JenkinsRule jenkins = new JenkinsRule();

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private static String example() throws Exception {
        String text = Files.readString(DOCUMENTATION);
        int begin = text.indexOf("unclassified:\n  promiseJobs:");
        assertThat(begin).as("the example in " + DOCUMENTATION).isPositive();
        return text.substring(begin, text.indexOf("```", begin));
    }

    private void configure(String yaml) throws Exception {
        Path file = folder.newFolder().toPath().resolve("jenkins.yaml");
        Files.writeString(file, yaml);
        ConfigurationAsCode.get().configure(file.toString());
    }

    @Test
    public void theDocumentedExampleIsReadAndWritten() throws Exception {
        configure(example());
        PromiseConfiguration configuration = PromiseConfiguration.get();
        assertThat(configuration.getReceivers()).isEqualTo("platform.example *.internal.example");
        assertThat(configuration.getSigningCredentials()).isEqualTo("webhook-key");
        assertThat(configuration.settings().deadline()).isEqualTo(Duration.ofHours(24));
        assertThat(configuration.settings().retention()).isEqualTo(Duration.ofDays(30));
        assertThat(configuration.schedule().delays()).hasSize(7).startsWith(Duration.ofSeconds(1));
        assertThat(configuration.schedule().giveUpAfter()).isEqualTo(Duration.ofDays(3));

        WatchConfiguration components = WatchConfiguration.get();
        assertThat(components.settings().poll()).isEqualTo(Duration.ofMinutes(5));
        assertThat(components.settings().repositories().allowed()).containsExactly("git.example", "*.corp.example");
        assertThat(components.getSecretCredentialsId()).isEqualTo("shop-hook");

        ByteArrayOutputStream written = new ByteArrayOutputStream();
        ConfigurationAsCode.get().export(written);
        assertThat(written.toString(StandardCharsets.UTF_8))
                .contains("promiseJobs:")
                .contains("signingCredentials: \"webhook-key\"")
                .contains("retention: \"30d\"")
                .contains("promiseComponents:")
                .contains("secretCredentialsId: \"shop-hook\"")
                .contains("poll: \"5m\"");
    }

    @Test
    public void aSharedLedgerIsReadToo() throws Exception {
        configure(
                """
                unclassified:
                  promiseJobs:
                    ledger:
                      url: "postgresql://jenkins@database.example/promises"
                      credentialsId: "ledger-password"
                      lease: "20s"
                """);
        assertThat(PromiseConfiguration.get().getLedger().getUrl())
                .isEqualTo("postgresql://jenkins@database.example/promises");
        assertThat(PromiseConfiguration.get().lease()).isEqualTo(Duration.ofSeconds(20));
    }

    @Test
    public void whatIsWrongIsRefusedByName() {
        assertThatThrownBy(() -> configure("unclassified:\n  promiseJobs:\n    retention: soon\n"))
                .hasStackTraceContaining("retention must be a time such as 90s, 30m, 12h or 7d, not 'soon'");
        assertThatThrownBy(() -> configure("unclassified:\n  promiseComponents:\n    poll: often\n"))
                .hasStackTraceContaining("poll must be a time such as 90s, 30m, 12h or 7d, not 'often'");
    }
}
