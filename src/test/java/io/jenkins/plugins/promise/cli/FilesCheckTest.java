package io.jenkins.plugins.promise.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.promise.testing.SuiteFolder;
import java.io.IOException;
import java.util.List;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** Files between workers, as {@code promise check} and {@code promise rehearse} know them. */
public class FilesCheckTest {
    private static final String REHEARSAL = "rehearsals/all/a.yaml";

    @Rule
    public TemporaryFolder folder = new TemporaryFolder();

    private SuiteFolder suite;

    @Before
    public void make() throws IOException {
        suite = new SuiteFolder(folder.newFolder().toPath());
        suite.worker("build", "true", "produces: [build/**]")
                .worker("idle", "true")
                .worker("use", "true");
        orchestration("[built.build]");
    }

    private void orchestration(String files) {
        suite.orchestration(
                "all",
                """
                def built = phase('build') {
                    worker job: 'build'
                    worker job: 'idle'
                }
                worker job: 'use', files: %s
                """
                        .formatted(files));
    }

    private Told check() {
        return Told.by(List.of("check", suite.root().toString()));
    }

    private Told rehearse(String workers) {
        suite.file(REHEARSAL, "workers:\n" + workers.indent(2) + "report: { status: SUCCESS }\n");
        return Told.by(List.of("rehearse", suite.root().toString()));
    }

    @Test
    public void filesOfAWorkerThatProducesSomeAreNoMistake() {
        assertThat(check().exit()).as(check().out() + check().err()).isZero();
        assertThat(rehearse("build: { produces: [build/app.js] }\nidle:\nuse: { files: [build] }")
                        .exit())
                .isZero();
    }

    @Test
    public void filesOfAWorkerThatProducesNoneAreFoundByCheck() {
        orchestration("[built['idle']]");

        Told told = check();

        assertThat(told.out() + told.err())
                .contains("jobs/all/run.groovy:5")
                .contains("the worker 'idle' produces no files; say which in jobs/idle/job.yaml, as in produces:"
                        + " [build/**]");
        assertThat(told.exit()).isNotZero();
    }

    @Test
    public void filesOfAWorkerThatThePhaseHasNotAreFoundByCheck() {
        orchestration("[built.biuld]");

        assertThat(check().out() + check().err()).contains("the phase has no worker 'biuld'");
    }

    @Test
    public void filesOfAWorkerOutsideAPhaseAreKnownToCheck() {
        suite.orchestration("all", "def idle = worker job: 'idle'\nworker job: 'use', files: [idle]\n");

        assertThat(check().out() + check().err()).contains("run.groovy:2", "the worker 'idle' produces no files");
    }

    @Test
    public void filesOfAVariableThatHasSeveralValuesAreLeftToTheRehearsal() {
        suite.orchestration(
                "all",
                """
                def one = worker job: 'idle'
                one = worker job: 'build'
                worker job: 'use', files: [one]
                """);

        assertThat(check().exit()).isZero();
        assertThat(rehearse("build:\nidle:\nuse: { files: [build] }").exit()).isZero();
    }

    @Test
    public void filesOfAWorkerThatProducesNoneAreFoundByRehearse() {
        orchestration("[built[inputs.WHOSE]]");
        suite.file(
                "jobs/all/job.yaml", "kind: orchestration\nscript: run.groovy\ninputs: { WHOSE: { default: idle } }\n");

        Told told = rehearse("build:\nidle:\nuse:");

        assertThat(told.out() + told.err())
                .contains("jobs/all/run.groovy:5: worker 'use' is given the files of idle, and idle produces none; say"
                        + " which in its job.yaml, as in produces: [build/**]");
        assertThat(told.exit()).isNotZero();
    }

    @Test
    public void aRehearsalInWhichNothingIsProducedIsDifferent() {
        assertThat(rehearse("build: { produces: [] }\nidle:\nuse:").out())
                .contains("worker 'use' is given the files of build, which produces none in this rehearsal");
    }

    @Test
    public void aRehearsalSaysWhoseFilesAreGiven() {
        assertThat(rehearse("build:\nidle:\nuse: { files: [idle] }").out())
                .contains("is given the files of others than " + REHEARSAL, "files: [idle]", "files: [build]");
    }

    @Test
    public void noAnswerProducesWhatItsContractDoesNot() {
        Told told = rehearse("build: { produces: [dist/app.js] }\nidle:\nuse:");

        assertThat(told.out() + told.err())
                .contains("cannot produce dist/app.js: its job.yaml says produces: [build/**]");
        assertThat(told.exit()).isNotZero();
    }

    @Test
    public void whatIsNoResultOfAWorkerIsRefusedWhereItStands() {
        orchestration("'build'");

        assertThat(check().out() + check().err())
                .contains(
                        "run.groovy:5",
                        "files must be a list of results of earlier workers, as in files: [built.build]");
    }

    @Test
    public void patternsThatLeadOutOfTheWorkspaceAreRefused() {
        suite.worker("build", "true", "produces: [../x, /etc/passwd]");

        assertThat(check().out() + check().err())
                .contains("jobs/build/job.yaml:3: produces: '../x' holds '../'", "'/etc/passwd' begins with a slash");
    }

    @Test
    public void anOrchestrationProducesNothing() {
        suite.orchestration("all", "echo 'x'", "produces: [build/**]");

        assertThat(check().out() + check().err()).contains("produces: goes with kind: worker only");
    }
}
