package io.jenkins.plugins.promise.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.promise.contract.yaml.Finding;
import io.jenkins.plugins.promise.engine.compiler.OrchestrationCompiler;
import io.jenkins.plugins.promise.suite.Suite;
import io.jenkins.plugins.promise.suite.SuiteReader;
import io.jenkins.plugins.promise.testing.SuiteFolder;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** Leases, approvals and work in environments, in a rehearsal's own time. */
public class EnvironmentRehearsalTest {
    private static final String WORK = "integrate([api: [train: 1, probe: true, integration: true]])"
            + " { act -> worker job: 'w', as: act.kind, inputs: [C: act.commit] }";

    @Rule
    public TemporaryFolder folder = new TemporaryFolder();

    private SuiteFolder suite;

    @Before
    public void prepare() throws IOException {
        suite = new SuiteFolder(folder.newFolder().toPath()).worker("w", "true", "inputs: { C: {} }");
    }

    private Performance performed(String script, String... rehearsal) throws IOException {
        suite.orchestration("o", script);
        suite.file("rehearsals/o/r.yaml", String.join("\n", rehearsal) + "\n");
        Suite read = new SuiteReader(new OrchestrationCompiler()).read(suite.root());
        assertThat(read.errors()).isEmpty();
        List<Finding> findings = new ArrayList<>();
        List<Rehearsal> all = new RehearsalReader(true).all(read, findings);
        assertThat(findings).isEmpty();
        Performance performance = new Rehearser(read, new OrchestrationCompiler()).perform(all.get(0));
        assertThat(performance.differences()).extracting(Difference::toString).isEmpty();
        return performance;
    }

    @Test
    public void aLeaseAndAnApprovalTakeTheTimeThatTheRehearsalSays() throws IOException {
        Performance performance = performed(
                "approval environment: 'production', manifest: manifest(environment: 'production', commits: [a: 'b'])\n"
                        + "environment('production') { sleep 5 }",
                "environments: { production: { leased: 3h, approved: 2h } }",
                "report: { status: SUCCESS }");

        assertThat(performance.virtual()).isEqualTo(Duration.ofHours(3).plusSeconds(5));
    }

    @Test
    public void anApprovalThatNeverComesAndATimeoutOfALease() throws IOException {
        assertThat(performed(
                                "timeout(time: 1, unit: 'HOURS') { environment('test') { echo 'mine' } }",
                                "environments: { test: { leased: 3h } }",
                                "report: { status: FAILURE }")
                        .virtual())
                .isEqualTo(Duration.ofHours(1));
        assertThat(performed(
                                "def m = manifest environment: 'test', commits: [a: 'b']\n"
                                        + "approval environment: 'test', manifest: m",
                                "environments: { test: { approved: never } }",
                                "report: { status: FAILURE }")
                        .outcome()
                        .reason())
                .contains("deadline");
    }

    @Test
    public void aCandidateThatBreaksIsRejectedAndWhatWasThereIsPutBack() throws IOException {
        Performance performance = performed(
                "candidate environment: 'test', commits: [api: 'new0000']\n" + "def o = environment('test') { " + WORK
                        + " }\nreport reason: o.told, data: o.broke",
                "environments: { test: { there: { api: old0000 } } }",
                "workers:",
                "  PROBE: { answers: [{ data: { commit: old0000 } }, { data: { commit: new0000 } },"
                        + " { data: { commit: new0000 } }, { data: { commit: old0000 } }] }",
                "  RELEASE: { count: 2 }",
                "  INTEGRATION: { answers: [{ fails: wrong sum }, {}] }",
                "report: { status: SUCCESS, data: [api],"
                        + " reason: \"rejected api new0000: api failed (wrong sum); without it that passes\" }");

        assertThat(performance.phases())
                .extracting(PerformedPhase::name)
                .containsExactly(
                        "probe api",
                        "release api",
                        "probe api",
                        "integration api",
                        "probe api",
                        "release api",
                        "probe api",
                        "integration api");
    }
}
