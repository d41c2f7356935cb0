package io.jenkins.plugins.promise.jenkins;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.jvnet.hudson.test.JenkinsSessionRule;

/** A controller that watches components, goes down, and comes up again. */
public final class WatchRestartTest {
    @Rule
    public final JenkinsSessionRule sessions = new JenkinsSessionRule();

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private String first;
    private String second;
    private String since;

    private WatchFixture watch(PromiseFixture fixture) {
        return new WatchFixture(fixture, folder.getRoot().toPath().resolve("source"));
    }

    @Test
    public void whatIsKnownStaysAndWhatWasPushedMeanwhileIsBuiltOnce() throws Throwable {
        sessions.then(jenkins -> {
            jenkins.jenkins.setNumExecutors(4);
            jenkins.jenkins.save();
            WatchFixture watch = watch(new PromiseFixture(jenkins));
            watch.made();
            watch.jobs();
            WatchFixture.watch(null);
            watch.declared();
            first = watch.passed();
            since = watch.known("web").path("since").asText();
            jenkins.waitUntilNoActivity();
        });
        second = watch(null).committed("web/a.txt", "2");
        sessions.then(jenkins -> {
            WatchFixture watch = watch(new PromiseFixture(jenkins));
            watch.awaitPassed("web", second);
            assertThat(watch.known("web").path("since").asText()).isEqualTo(since);
            assertThat(watch.known("api").path("passed").asText()).isEqualTo(first);
            assertThat(watch.pushed().statusCode()).isEqualTo(202);
            watch.awaitTold("nothing has changed at " + second.substring(0, 7));
            assertThat(WatchFixture.started("web")).isEqualTo(2);
            assertThat(WatchFixture.started("api")).isEqualTo(1);
            jenkins.waitUntilNoActivity();
        });
    }

    @Test
    public void whatWasStartedBeforeIsNotStartedAgainAndIsTakenNoteOf() throws Throwable {
        Path gate = folder.getRoot().toPath().resolve("gate");
        sessions.then(jenkins -> {
            jenkins.jenkins.setNumExecutors(4);
            jenkins.jenkins.save();
            PromiseFixture fixture = new PromiseFixture(jenkins);
            WatchFixture watch = watch(fixture);
            first = watch.made();
            fixture.worker("waits", "until [ -e " + gate + " ]; do sleep 0.2; done");
            fixture.orchestration(
                    "web-build-test",
                    "phase('test') { worker job: 'waits' }",
                    PromiseFixture.input("GIT_HASH", "string", true));
            WatchFixture.watch(null);
            watch.declare(List.of(watch.component("web")), fixture.user("admin"));
            watch.awaitTold("web at " + first.substring(0, 7) + ": web-build-test is ");
        });
        Files.createFile(gate);
        sessions.then(jenkins -> {
            WatchFixture watch = watch(new PromiseFixture(jenkins));
            watch.awaitPassed("web", first);
            assertThat(WatchFixture.started("web")).isEqualTo(1);
            jenkins.waitUntilNoActivity();
        });
    }
}
