package io.jenkins.plugins.promise.jenkins;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.cli.CLICommandInvoker;
import hudson.model.Item;
import io.jenkins.plugins.promise.contract.json.Json;
import java.io.ByteArrayInputStream;
import jenkins.model.Jenkins;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;

/** Promises from Jenkins' own command line, by who may. */
public final class CommandLineTest {
    @Rule
    public final JenkinsRule jenkins = new JenkinsRule();

    private final PromiseFixture fixture = new PromiseFixture(jenkins);

    @Before
    public void secure() throws Exception {
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.ADMINISTER)
                .everywhere()
                .to("admin")
                .grant(Jenkins.READ, Item.READ, Item.BUILD, Item.CANCEL)
                .everywhere()
                .to("ann")
                .grant(Jenkins.READ)
                .everywhere()
                .to("eve"));
        fixture.worker(
                "greet",
                "[ \"$NAME\" != nobody ] && printf '{\"reason\": \"hello %s\"}' \"$NAME\" > report.json",
                PromiseFixture.input("NAME", "string", true),
                PromiseFixture.input("TIMES", "integer", false));
    }

    private CLICommandInvoker.Result run(String user, String command, String... args) {
        return new CLICommandInvoker(jenkins, command).asUser(user).invokeWithArgs(args);
    }

    private String submitted(String... args) {
        CLICommandInvoker.Result done = run("ann", "promise-submit", args);
        assertThat(done.returnCode()).as(done.stderr()).isZero();
        return done.stdout().trim();
    }

    @Test
    public void submitsAndWaitsForTheReport() throws Exception {
        CLICommandInvoker.Result done = run("ann", "promise-submit", "greet", "-w", "-p", "NAME=ann");
        assertThat(done.returnCode()).as(done.stderr()).isZero();
        assertThat(Json.mapper().readTree(done.stdout()).path("reason").asText())
                .isEqualTo("hello ann");
        CLICommandInvoker.Result rejected = run("ann", "promise-submit", "greet", "-w", "-p", "NAME=nobody");
        assertThat(rejected.returnCode()).isEqualTo(2);
        assertThat(Json.mapper().readTree(rejected.stdout()).path("status").asText())
                .isEqualTo("FAILURE");
    }

    @Test
    public void tellsAllThatIsWrongAndNothingToWhoMayNotKnow() {
        CLICommandInvoker.Result wrong = run("ann", "promise-submit", "greet", "-p", "TIMES=often");
        assertThat(wrong.returnCode()).isEqualTo(5);
        assertThat(wrong.stderr()).contains("NAME").contains("TIMES");
        String hidden = run("eve", "promise-submit", "greet", "-p", "NAME=eve").stderr();
        String unknown =
                run("eve", "promise-submit", "nothing", "-p", "NAME=eve").stderr();
        assertThat(hidden).isNotEmpty().isEqualTo(unknown.replace("nothing", "greet"));
        assertThat(PromiseFixture.accepted()).isZero();
    }

    @Test
    public void showsListsCancelsAndSendsAgain() throws Exception {
        jenkins.jenkins.setNumExecutors(0);
        String id = submitted("greet", "-p", "NAME=ann", "-k", "once");
        assertThat(submitted("greet", "-p", "NAME=ann", "-k", "once"))
                .as("the key was used")
                .isEqualTo(id);

        assertThat(Json.mapper()
                        .readTree(run("ann", "promise-status", id).stdout())
                        .path("state")
                        .asText())
                .isEqualTo("PENDING");
        assertThat(run("eve", "promise-status", id).returnCode()).isEqualTo(5);
        assertThat(run("ann", "promise-list").stdout()).contains(id).contains("pending");
        assertThat(run("eve", "promise-list").stdout()).doesNotContain(id);
        assertThat(run("eve", "promise-cancel", id).returnCode()).isEqualTo(5);

        CLICommandInvoker.Result cancelled = run("ann", "promise-cancel", id);
        assertThat(cancelled.returnCode()).as(cancelled.stderr()).isZero();
        assertThat(PromiseFixture.reason(id)).contains("ann");
        assertThat(run("ann", "promise-list").stdout()).doesNotContain(id);
        assertThat(run("ann", "promise-list", "-s", "closed", "-j", "greet", "-q", "ann")
                        .stdout())
                .contains(id)
                .contains("rejected");
        assertThat(run("ann", "promise-list", "-s", "odd").stderr()).contains("state must be one of");
        assertThat(run("ann", "promise-redeliver", id).stderr()).contains("callback");
    }

    @Test
    public void deploysRollsBackAndPrunes() throws Exception {
        for (int version = 1; version <= 2; version++) {
            CLICommandInvoker.Result done = new CLICommandInvoker(jenkins, "promise-deploy")
                    .asUser("admin")
                    .withStdin(new ByteArrayInputStream(SuiteTest.suite(version, "version " + version)))
                    .invokeWithArgs();
            assertThat(done.returnCode()).as(done.stderr()).isZero();
        }
        assertThat(PromiseFixture.controller()
                        .catalog()
                        .resolve("hello")
                        .orElseThrow()
                        .version())
                .isEqualTo("hello-v2-aaaaaaa");
        assertThat(run("ann", "promise-rollback", "hello").returnCode()).isEqualTo(5);
        CLICommandInvoker.Result back = run("admin", "promise-rollback", "hello");
        assertThat(back.stdout()).contains("hello-v2-aaaaaaa -> hello-v1-aaaaaaa");
        assertThat(PromiseFixture.controller()
                        .catalog()
                        .resolve("hello")
                        .orElseThrow()
                        .version())
                .isEqualTo("hello-v1-aaaaaaa");

        CLICommandInvoker.Result kept = run("admin", "promise-prune", "-n");
        assertThat(kept.returnCode()).as(kept.stderr()).isZero();
        assertThat(kept.stdout()).contains("hello-v2-aaaaaaa");
        assertThat(run("admin", "promise-prune", "-o", "soon").stderr()).contains("-o must be a time");
        assertThat(run("ann", "promise-prune").returnCode()).isEqualTo(5);
    }
}
