package io.jenkins.plugins.promise.jenkins;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.AdministrativeMonitor;
import hudson.model.Item;
import hudson.model.Job;
import io.jenkins.plugins.promise.jenkins.config.PromiseMonitor;
import io.jenkins.plugins.promise.jenkins.suite.SuiteFolder;
import io.jenkins.plugins.promise.testing.Eventually;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.Rule;
import org.junit.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.JenkinsSessionRule;

/** A Jenkins whose ledger is another one than that which its jobs were deployed to. */
public final class UnknownVersionsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Rule
    public final JenkinsSessionRule sessions = new JenkinsSessionRule();

    private static void deploy(JenkinsRule jenkins, int number) throws Exception {
        PromiseFixture fixture = new PromiseFixture(jenkins);
        assertThat(fixture.post("promises/deploy", SuiteTest.suite(number, "said"), fixture.user("admin"))
                        .statusCode())
                .isEqualTo(200);
    }

    private static List<String> jobs(JenkinsRule jenkins) {
        SuiteFolder folder = jenkins.jenkins.getItemByFullName("suite", SuiteFolder.class);
        return folder == null
                ? List.of()
                : folder.getItems().stream().map(Item::getName).sorted().toList();
    }

    private static List<String> troubles() {
        return AdministrativeMonitor.all().get(PromiseMonitor.class).getTroubles();
    }

    @Test
    public void jobsWithBuildsStayAreToldAreRunByNobodyAndCanBeDeleted() throws Throwable {
        sessions.then(jenkins -> {
            deploy(jenkins, 1);
            PromiseFixture fixture = new PromiseFixture(jenkins);
            assertThat(fixture.post("promises/submit/greet", "", fixture.user("admin"))
                            .statusCode())
                    .isEqualTo(201);
            Job<?, ?> greet = jenkins.jenkins.getItemByFullName("suite/greet-v1-aaaaaaa", Job.class);
            Eventually.until(
                    "it was built",
                    PATIENCE,
                    () -> greet.getLastBuild() != null && !greet.getLastBuild().isBuilding());
            jenkins.waitUntilNoActivity();
            deploy(jenkins, 2);
            assertThat(jobs(jenkins))
                    .containsExactly("greet-v1-aaaaaaa", "greet-v2-aaaaaaa", "hello-v1-aaaaaaa", "hello-v2-aaaaaaa");
        });
        Path promises = sessions.getHome().toPath().resolve("promises");
        Files.move(promises.resolve("ledger"), promises.resolveSibling("the-ledger-before"));
        sessions.then(jenkins -> {
            assertThat(jobs(jenkins))
                    .as("those that were never built are made again from a bundle, and lose nothing")
                    .containsExactly("greet-v1-aaaaaaa", "hello-v1-aaaaaaa");
            assertThat(troubles())
                    .hasSize(2)
                    .anySatisfy(t -> assertThat(t).contains("greet-v1-aaaaaaa").contains("neither has nor has pruned"))
                    .anySatisfy(t -> assertThat(t).contains("hello-v1-aaaaaaa"));
            PromiseFixture fixture = new PromiseFixture(jenkins);
            assertThat(fixture.post("promises/submit/greet-v1-aaaaaaa", "", fixture.user("admin"))
                            .statusCode())
                    .isGreaterThanOrEqualTo(400);
            Job<?, ?> greet = jenkins.jenkins.getItemByFullName("suite/greet-v1-aaaaaaa", Job.class);
            fixture.post("job/suite/job/greet-v1-aaaaaaa/buildWithParameters", "", fixture.user("admin"));
            jenkins.waitUntilNoActivity();
            assertThat(greet.getLastBuild().getNumber()).isEqualTo(1);

            assertThat(fixture.post("job/suite/job/hello-v1-aaaaaaa/doDelete", "", fixture.user("admin"))
                            .statusCode())
                    .isLessThan(400);
            assertThat(jobs(jenkins)).containsExactly("greet-v1-aaaaaaa");
            assertThat(troubles()).hasSize(1);

            deploy(jenkins, 1);
            assertThat(troubles()).isEmpty();
            assertThat(greet.getLastBuild().getNumber())
                    .as("its builds are kept")
                    .isEqualTo(1);
            HttpResponse<String> kept =
                    fixture.post("job/suite/job/greet-v1-aaaaaaa/doDelete", "", fixture.user("admin"));
            assertThat(kept.statusCode())
                    .as("deployed again, it never changes, and Jenkins is not secured")
                    .isEqualTo(403);
            assertThat(kept.body()).contains("greet-v1-aaaaaaa is a deployed version, which never changes");
            assertThat(jobs(jenkins)).contains("greet-v1-aaaaaaa");
        });
    }

    @Test
    public void jobOfAVersionThatWasPrunedElsewhereIsRemovedWithItsBuilds() throws Throwable {
        sessions.then(jenkins -> {
            deploy(jenkins, 1);
            PromiseFixture fixture = new PromiseFixture(jenkins);
            fixture.post("promises/submit/greet", "", fixture.user("admin"));
            jenkins.waitUntilNoActivity();
            deploy(jenkins, 2);
            Eventually.until("the old version was not used for a second", PATIENCE, () -> {
                fixture.post("promises/prune?olderThan=1s", "", fixture.user("admin"));
                return jobs(jenkins).equals(List.of("greet-v2-aaaaaaa", "hello-v2-aaaaaaa"));
            });
            assertThat(troubles()).isEmpty();
        });
    }
}
