package io.jenkins.plugins.promise.jenkins;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import hudson.matrix.AxisList;
import hudson.matrix.MatrixProject;
import hudson.matrix.TextAxis;
import hudson.tasks.Shell;
import hudson.util.Secret;
import io.jenkins.plugins.promise.contract.json.Json;
import io.jenkins.plugins.promise.jenkins.build.ReportPublisher;
import io.jenkins.plugins.promise.jenkins.job.PromiseContract;
import org.junit.Rule;
import org.junit.Test;
import org.jvnet.hudson.test.JenkinsRule;

/** A matrix job with a contract: each configuration writes a report, and the whole build is what the promise is of. */
public final class MatrixTest {
    @Rule
    public final JenkinsRule jenkins = new JenkinsRule();

    private final PromiseFixture fixture = new PromiseFixture(jenkins);

    private JsonNode reported(String form) throws Exception {
        String id = fixture.submit("matrix", form);
        fixture.settled(id);
        return Json.mapper()
                .readTree(fixture.get("promises/" + id + "/report", PromiseFixture.token())
                        .body());
    }

    @Test
    public void configurationsReportTogether() throws Exception {
        MatrixProject matrix = jenkins.createProject(MatrixProject.class, "matrix");
        matrix.setAxes(new AxisList(new TextAxis("OS", "linux", "mac")));
        PromiseContract contract = PromiseFixture.contract(PromiseFixture.input("BAD", "string", false));
        contract.setToken(Secret.fromString(PromiseFixture.TOKEN));
        matrix.addProperty(contract);
        matrix.getBuildersList()
                .add(
                        new Shell(
                                """
                        [ "$OS" = "$BAD" ] && status=FAILURE || status=SUCCESS
                        printf '{"status": "%s", "reason": "%s was measured", "data": {"os": "%s"}}' $status $OS $OS > report.json
                        """));
        matrix.getPublishersList().add(new ReportPublisher());

        JsonNode good = reported("");
        assertThat(good.path("status").asText()).as(good.toString()).isEqualTo("SUCCESS");
        assertThat(good.at("/data/OS=linux/os").asText()).isEqualTo("linux");
        assertThat(good.at("/data/OS=mac/os").asText()).isEqualTo("mac");

        JsonNode bad = reported("BAD=mac");
        assertThat(bad.path("status").asText()).as(bad.toString()).isEqualTo("FAILURE");
        assertThat(bad.path("reason").asText()).isEqualTo("OS=mac: mac was measured");
        assertThat(bad.at("/data/OS=linux/os").asText()).isEqualTo("linux");
    }
}
