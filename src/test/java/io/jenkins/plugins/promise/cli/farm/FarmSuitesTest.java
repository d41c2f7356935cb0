package io.jenkins.plugins.promise.cli.farm;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.promise.cli.ControllerClient;
import io.jenkins.plugins.promise.cli.terminal.Bar;
import io.jenkins.plugins.promise.component.ComponentFolder;
import io.jenkins.plugins.promise.component.reading.ComponentsReader;
import io.jenkins.plugins.promise.contract.json.Json;
import io.jenkins.plugins.promise.farm.SuiteSource;
import io.jenkins.plugins.promise.farm.local.FarmFolder;
import io.jenkins.plugins.promise.local.LocalController;
import io.jenkins.plugins.promise.testing.Controllers;
import io.jenkins.plugins.promise.testing.Http;
import io.jenkins.plugins.promise.testing.SuiteFolder;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** What the suites of a farm tell the farm's controller besides their jobs. */
public class FarmSuitesTest {
    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private Path shop(String name) throws Exception {
        Path shop = folder.newFolder(name).toPath();
        new ComponentFolder(shop)
                .file("web/component.yaml", "component: web\nrepository: /srv/shop.git\npath: .\ntest: 'true'\n");
        return shop;
    }

    private FarmSuites suites(PrintWriter err, Path... shops) throws Exception {
        return new FarmSuites(
                Stream.of(shops)
                        .map(shop -> new SuiteSource(shop.getFileName().toString(), shop, true, null))
                        .toList(),
                new FarmFolder(folder.newFolder().toPath()),
                Map.of(),
                err);
    }

    private LocalController controller() throws Exception {
        SuiteFolder first = new SuiteFolder(folder.newFolder("first").toPath()).worker("w", "true");
        return new Controllers(folder.newFolder("home").toPath()).start(first);
    }

    /** What is deployed stays deployed; the farm is up, and whoever brought it up is told. */
    @Test
    public void whatAControllerDoesNotTakeOfTheComponentsIsAWarning() throws Exception {
        StringWriter told = new StringWriter();
        PrintWriter err = new PrintWriter(told, true);
        FarmSuites suites = suites(err, shop("shop"));
        try (LocalController controller = controller();
                Bar bar = new Bar(err, "deploy")) {
            String declared = Json.mapper()
                    .writeValueAsString(
                            new ComponentsReader().read(shop("others")).watched());
            assertThat(new Http(controller.url())
                            .put("/promises/components?suite=others", declared)
                            .status())
                    .isEqualTo(200);

            assertThat(suites.deploy(new ControllerClient(controller.url(), Map.of()), false, bar))
                    .isNotEmpty();

            assertThat(controller.watchedOf()).containsExactly(Map.entry("web", "others"));
            assertThat(told.toString())
                    .contains("warning: the components of shop are not declared, so that no push builds them: ")
                    .contains("the component web is of the suite others");
        }
    }

    @Test
    public void aComponentMovesBetweenTheSuitesOfAFarm() throws Exception {
        PrintWriter err = new PrintWriter(new StringWriter());
        Path from = shop("from");
        Path to = folder.newFolder("to").toPath();
        for (Path shop : List.of(from, to)) {
            String name = shop.getFileName() + "-rest";
            new ComponentFolder(shop)
                    .file(
                            name + "/component.yaml",
                            "component: " + name + "\nrepository: /srv/shop.git\npath: .\ntest: 'true'\n");
        }
        try (LocalController controller = controller();
                Bar bar = new Bar(err, "deploy")) {
            ControllerClient client = new ControllerClient(controller.url(), Map.of());
            suites(err, to, from).deploy(client, false, bar);
            assertThat(controller.watchedOf()).containsEntry("web", "from");
            Files.move(from.resolve("web"), to.resolve("web"));

            suites(err, to, from).deploy(client, false, bar);

            assertThat(controller.watchedOf()).containsEntry("web", "to").containsEntry("from-rest", "from");
        }
    }

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
