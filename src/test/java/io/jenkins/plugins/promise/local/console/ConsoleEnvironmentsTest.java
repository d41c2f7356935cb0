package io.jenkins.plugins.promise.local.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.promise.local.LocalController;
import io.jenkins.plugins.promise.testing.Controllers;
import io.jenkins.plugins.promise.testing.Http;
import java.nio.file.Path;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** The pages of environments, of a ledger in which something was tested and waits for a person. */
public class ConsoleEnvironmentsTest {

    @Rule
    public TemporaryFolder folder = new TemporaryFolder();

    private String tested;
    private LocalController controller;
    private Http http;

    @Before
    public void start() throws Exception {
        Path home = folder.newFolder().toPath();
        tested = TestedEnvironments.in(home);
        controller = new Controllers(home)
                .start(ConsoleSuite.in(folder.newFolder("suite").toPath()));
        http = new Http(controller.url());
    }

    @After
    public void stop() {
        controller.close();
    }

    private Http.Answer page(String path) throws Exception {
        Http.Answer answer = http.get(path, ConsoleSuite.PAGE);
        assertThat(answer.status()).as(path + ": " + answer.body()).isEqualTo(200);
        return answer;
    }

    private Http.Answer post(String path, Http.Answer page, String form) throws Exception {
        return http.form(path, "console-form=" + ConsoleSuite.formToken(page) + "&" + form, ConsoleSuite.PAGE);
    }

    @Test
    public void showsWhatIsWhereWhatComesAndWhatWasThere() throws Exception {
        String list = page("/promises/environments").body();
        assertThat(list)
                .contains("href=\"/promises/environments/test\"", "href=\"/promises/environments/production\"")
                .contains("<code title=\"" + TestedEnvironments.WEB + "\">aaaaaaaaaa</code>", "bbbbbbbbbb waiting")
                .contains(tested, "tested in this combination", "candidate 3 (api) waiting")
                .contains(
                        "Rejected last: candidate 1 (lib): rejected lib " + TestedEnvironments.BROKEN + ": lib failed")
                .contains("after test, once a person has approved", "Nothing was released here yet.");
        assertThat(page("/promises/environments/production").body()).doesNotContain("Rejected last");
        assertThat(page("/promises/environments/test").body())
                .contains("Rejected last: candidate 1 (lib)")
                .contains(tested, "integrated", "web nothing → aaaaaaaaaa");
        assertThat(page("/promises/jobs").body()).contains("href=\"/promises/environments\"");
        assertThat(http.get("/promises/environments").json().path("environments"))
                .hasSize(2);
        Http.Answer unknown = http.get("/promises/environments/tset", ConsoleSuite.PAGE);
        assertThat(unknown.status()).isEqualTo(404);
        assertThat(unknown.body()).contains("did you mean", "test");
    }

    @Test
    public void aPersonApprovesFreezesAndLetsGoOnOnlyFromThePageItself() throws Exception {
        Http.Answer list = page("/promises/environments");
        assertThat(list.body()).contains("Approve this combination", "value=\"" + tested + "\"");
        String form = "manifest=" + tested + "&who=ann";
        assertThat(http.form("/console/environments/production/approve", form, ConsoleSuite.PAGE)
                        .status())
                .isEqualTo(403);
        assertThat(post("/console/environments/production/approve", list, "manifest=" + tested)
                        .body())
                .contains("the field who must be filled in");
        assertThat(page("/promises/environments").body()).contains("Approve this combination");

        Http.Answer approved = post("/console/environments/production/approve", list, form);
        assertThat(approved.status()).as(approved.body()).isEqualTo(303);
        assertThat(page("/promises/environments").body()).doesNotContain("Approve this combination");

        Http.Answer frozen = post("/console/environments/production/freeze", list, "who=ann&why=a+%3Cfair%3E");
        assertThat(frozen.status()).as(frozen.body()).isEqualTo(303);
        assertThat(page("/promises/environments/production").body())
                .contains("frozen by ann: a &lt;fair&gt;", "Let production go on");
        assertThat(post("/console/environments/production/unfreeze", list, "who=bob")
                        .status())
                .isEqualTo(303);
        assertThat(page("/promises/environments").body()).doesNotContain("frozen by");
        assertThat(post("/console/environments/nowhere/freeze", list, "who=ann&why=x")
                        .status())
                .isEqualTo(404);
    }
}
