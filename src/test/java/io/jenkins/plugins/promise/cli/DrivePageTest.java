package io.jenkins.plugins.promise.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.promise.local.LocalController;
import io.jenkins.plugins.promise.testing.Browser;
import io.jenkins.plugins.promise.testing.Controllers;
import io.jenkins.plugins.promise.testing.SuiteFolder;
import io.jenkins.plugins.promise.testing.Whole;
import java.nio.file.Path;
import java.util.List;
import org.junit.Rule;
import org.junit.Test;
import org.junit.experimental.categories.Category;
import org.junit.rules.TemporaryFolder;

/** The page that a drive writes, in a real browser; {@code -Dpictures=docs} makes its picture of the documentation anew. */
@Category(Whole.class)
public class DrivePageTest {
    private static final Path PICTURES = Path.of(System.getProperty("pictures", "target/pictures"));
    private static final int WIDE = 900;

    @Rule
    public TemporaryFolder folder = new TemporaryFolder();

    @Test
    public void everybodyCanReadIt() throws Exception {
        Path home = folder.newFolder().toPath();
        Path page = folder.getRoot().toPath().resolve("drive.html");
        SuiteFolder suite = new SuiteFolder(folder.newFolder("suite").toPath())
                .orchestration(
                        "say",
                        "report data: [text: inputs.TEXT]",
                        "inputs:",
                        "  TEXT: { required: true }",
                        "  DONE: { type: callback, receives: report }",
                        "  BEGUN: { type: callback, receives: registration }")
                .file("cases/a.yaml", "job: say\ninputs: { TEXT: a }\nexpect: { data: { text: a } }\n");
        Browser browser = Browser.ofThisProcess();
        try (LocalController controller = new Controllers(home).start(suite)) {
            Told drive = Told.by(List.of(
                    "drive",
                    suite.root().toString(),
                    "--home",
                    home.toString(),
                    "--controller",
                    controller.url(),
                    "--count",
                    "150",
                    "--rate",
                    "50",
                    "--chaos",
                    "0.2",
                    "--retry",
                    "500ms",
                    "--html",
                    page.toString()));
            assertThat(drive.exit()).as(drive.err()).isZero();

            browser.looks(WIDE, false).open(page.toUri().toString());
            assertThat(browser.text()).contains("Drive of", "150");
            assertThat(browser.barriers()).isEmpty();
            browser.picture(PICTURES.resolve("drive.png"));
            assertThat(browser.looks(360, true).overhang()).isZero();
            assertThat(browser.requested()).allMatch(u -> u.startsWith("file:"));
        }
    }
}
