package io.jenkins.plugins.promise.cli.farm;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.promise.cli.ControllerClient;
import io.jenkins.plugins.promise.cli.terminal.Bar;
import io.jenkins.plugins.promise.component.ComponentFolder;
import io.jenkins.plugins.promise.farm.SuiteSource;
import io.jenkins.plugins.promise.farm.local.FarmFolder;
import io.jenkins.plugins.promise.local.LocalController;
import io.jenkins.plugins.promise.testing.Controllers;
import io.jenkins.plugins.promise.testing.SuiteFolder;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** What the suites of a farm tell the farm's controller besides their jobs. */
public class FarmSuitesTest {
    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    @Test
    public void theComponentsThatASuiteIsMadeOfAreDeclared() throws Exception {
        Path shop = folder.newFolder("shop").toPath();
        new ComponentFolder(shop)
                .file("web/component.yaml", "component: web\nrepository: /srv/shop.git\npath: .\ntest: 'true'\n");
        SuiteFolder first = new SuiteFolder(folder.newFolder("first").toPath()).worker("w", "true");
        PrintWriter err = new PrintWriter(new StringWriter());
        FarmSuites suites = new FarmSuites(
                List.of(new SuiteSource("shop", shop, true, null)),
                new FarmFolder(folder.newFolder("farm").toPath()),
                Map.of(),
                err);
        try (LocalController controller =
                        new Controllers(folder.newFolder("home").toPath()).start(first);
                Bar bar = new Bar(err, "deploy")) {
            ControllerClient client = new ControllerClient(controller.url(), Map.of());

            suites.deploy(client, true, bar);
            assertThat(controller.watchedOf()).as("only told").isEmpty();
            suites.deploy(client, false, bar);

            assertThat(controller.watchedOf()).containsExactly(Map.entry("web", "shop"));
        }
    }
}
