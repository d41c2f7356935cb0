package io.jenkins.plugins.promise.component.graph;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.promise.component.Component;
import io.jenkins.plugins.promise.component.ComponentFolder;
import io.jenkins.plugins.promise.component.reading.ComponentsReader;
import io.jenkins.plugins.promise.contract.json.Json;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** Orders, trains and circles of components, and how they are told. */
public class DependencyGraphTest {
    @Rule
    public TemporaryFolder folder = new TemporaryFolder();

    /** Each as {@code name: needs | depends}. */
    private DependencyGraph graph(String... components) throws IOException {
        ComponentFolder written = new ComponentFolder(folder.newFolder().toPath());
        for (String one : components) {
            String[] parts = one.split("[:|]", -1);
            written.component(
                    parts[0],
                    "test: ./test.sh",
                    "needs: [" + parts[1] + "]",
                    "depends: [" + (parts.length > 2 ? parts[2] : "") + "]");
        }
        return new DependencyGraph(
                new ComponentsReader().read(written.root()).components().values());
    }

    @Test
    public void dependenciesComeFirstAndARunCircleIsOneTrain() throws IOException {
        DependencyGraph graph =
                graph("web:| teams, platform", "teams: lib| platform", "platform: lib| teams", "lib:", "zoo:");

        assertThat(graph.trains())
                .containsExactly(List.of("lib"), List.of("platform", "teams"), List.of("web"), List.of("zoo"));
        assertThat(graph.buildOrder()).containsSubsequence("lib", "platform").containsSubsequence("lib", "teams");
        assertThat(graph.circles()).isEmpty();
        assertThat(graph.dependents("lib")).containsExactly("platform", "teams", "web");
        assertThat(graph.dependents("platform")).containsExactly("teams", "web");
        assertThat(graph.builtWith("lib")).containsExactly("platform", "teams");
        assertThat(graph.dependents("web")).isEmpty();
    }

    @Test
    public void everyKnotOfBuildDependenciesIsToldByAWayRound() throws IOException {
        DependencyGraph graph = graph("a: b", "b: c, x", "c: a", "x: y", "y: x", "z: a");

        assertThat(graph.circles()).containsExactly(List.of("a", "b", "c", "a"), List.of("x", "y", "x"));
    }

    @Test
    public void oneMayNeedAnotherThatDependsOnIt() throws IOException {
        DependencyGraph graph = graph("client: server", "server:| client");

        assertThat(graph.circles()).isEmpty();
        assertThat(graph.buildOrder()).containsExactly("server", "client");
        assertThat(graph.trains()).containsExactly(List.of("client"), List.of("server"));
    }

    @Test
    public void isToldAsTextDotJsonAndSvg() throws Exception {
        DependencyGraph graph = graph("web:| teams", "teams: lib| platform", "platform:| teams", "lib:");

        assertThat(GraphFormat.TEXT.of(graph))
                .isEqualTo(
                        """
                        lib
                        platform, teams  one train: they depend on each other
                          platform depends on teams
                          teams needs lib
                          teams depends on platform
                        web
                          depends on teams
                        """);
        assertThat(GraphFormat.DOT.of(graph))
                .startsWith("digraph components {\n")
                .contains("label=\"one train\"; \"platform\"; \"teams\";")
                .contains("\"teams\" -> \"lib\" [style=dashed];")
                .contains("\"web\" -> \"teams\";")
                .endsWith("}\n");
        JsonNode json = Json.mapper().readTree(GraphFormat.JSON.of(graph));
        assertThat(json.at("/components/lib/dependents").toString()).isEqualTo("[\"platform\",\"teams\",\"web\"]");
        assertThat(json.at("/trains/1").toString()).isEqualTo("[\"platform\",\"teams\"]");
        assertThat(DocumentBuilderFactory.newInstance()
                        .newDocumentBuilder()
                        .parse(new ByteArrayInputStream(
                                GraphFormat.SVG.of(graph).getBytes(StandardCharsets.UTF_8)))
                        .getElementsByTagName("title")
                        .getLength())
                .isEqualTo(4);
    }

    /** Whatever the graph: no component stands before one that it depends on, unless they are in one train. */
    @Test
    public void anyGraphIsOrderedAndTheSameEachTime() throws IOException {
        for (int seed = 0; seed < 30; seed++) {
            Random random = new Random(seed);
            List<Component> components = new ArrayList<>();
            int size = 2 + random.nextInt(20);
            for (int one = 0; one < size; one++) {
                Set<String> depends = new HashSet<>();
                for (int other = random.nextInt(4); other > 0; other--) {
                    depends.add("c" + random.nextInt(size));
                }
                components.add(component("c" + one, new ArrayList<>(depends)));
            }
            List<List<String>> trains = new DependencyGraph(components).trains();

            assertThat(trains.stream().mapToInt(List::size).sum())
                    .as("seed %d", seed)
                    .isEqualTo(size);
            for (Component component : components) {
                for (String other : component.depends()) {
                    assertThat(place(other, trains))
                            .as("seed %d, %s before %s", seed, other, component.name())
                            .isLessThanOrEqualTo(place(component.name(), trains));
                }
            }
            components.sort((a, b) -> b.name().compareTo(a.name()));
            assertThat(new DependencyGraph(components).trains()).isEqualTo(trains);
        }
    }

    private static int place(String name, List<List<String>> trains) {
        for (int at = 0; at < trains.size(); at++) {
            if (trains.get(at).contains(name)) {
                return at;
            }
        }
        throw new AssertionError(name + " is in no train");
    }

    private static Component component(String name, List<String> depends) {
        return new Component(
                name,
                null,
                new Component.Source("/srv/shop.git", "main", name, List.of(), false),
                Map.of(),
                Map.of(),
                List.of(),
                Map.of(),
                depends,
                List.of(),
                new Component.Place(name, Map.of()));
    }
}
