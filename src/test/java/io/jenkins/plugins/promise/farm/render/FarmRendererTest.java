package io.jenkins.plugins.promise.farm.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.Assume.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.common.collect.Sets;
import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import io.jenkins.plugins.promise.contract.json.Json;
import io.jenkins.plugins.promise.farm.Farm;
import io.jenkins.plugins.promise.farm.FarmRead;
import io.jenkins.plugins.promise.farm.plugin.Plugin;
import io.jenkins.plugins.promise.farm.reading.FarmReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** What farm files become; {@code rendered.txt} has every file that is made, but those that are always the same. */
public class FarmRendererTest {
    private static final List<Plugin> PLUGINS = List.of(
            new Plugin("configuration-as-code", "1958.vddc0d369b_e16", "2.479.3", List.of(), "0a".repeat(32), null),
            new Plugin(
                    "promise-jobs",
                    "1.0",
                    "2.479.3",
                    List.of(),
                    "1b".repeat(32),
                    "https://artifacts.example/promise-jobs.hpi"));
    /** Bytes that EC2 takes. */
    private static final int MOST_USER_DATA = 16_384;

    @Rule
    public TemporaryFolder folder = new TemporaryFolder();

    private Path root;

    @Before
    public void prepare() throws IOException {
        root = folder.newFolder().toPath();
        Files.writeString(root.resolve("plugins.txt"), "promise-jobs\n");
        Files.createDirectories(root.resolve("shop"));
        Files.writeString(Files.createDirectories(root.resolve("suite")).resolve("suite.yaml"), "name: suite\n");
    }

    private Farm farm(String name) throws IOException {
        Path file = root.resolve(name);
        try (InputStream in = Farm.class.getResourceAsStream(name)) {
            Files.write(file, in.readAllBytes());
        }
        FarmRead read = new FarmReader().read(file, name);
        assertThat(read.errors()).isEmpty();
        return read.farm().orElseThrow();
    }

    private static SortedMap<String, String> rendered(Farm farm) throws IOException {
        SortedMap<String, String> texts = new TreeMap<>();
        new FarmRenderer(farm, farm.jenkins() ? PLUGINS : List.of())
                .files()
                .forEach((path, bytes) -> texts.put(path, new String(bytes, StandardCharsets.UTF_8)));
        return texts;
    }

    @Test
    public void rendersWhatItAlwaysDid() throws IOException {
        StringBuilder all = new StringBuilder();
        for (String name : List.of("jenkins.yaml", "local.yaml", "odd.json")) {
            rendered(farm(name)).forEach((path, text) -> {
                if (!path.startsWith("bin/") && !path.equals("README.md")) {
                    all.append("=== ")
                            .append(name)
                            .append(' ')
                            .append(path)
                            .append('\n')
                            .append(text);
                }
            });
        }
        // To look at, and to take over where it is right.
        Files.writeString(Files.createDirectories(Path.of("target")).resolve("rendered.txt"), all);
        try (InputStream in = FarmRendererTest.class.getResourceAsStream("rendered.txt")) {
            assertThat(all.toString()).isEqualTo(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    @Test
    public void theSameFileGivesTheSameBytes() throws IOException {
        assertThat(rendered(farm("jenkins.yaml"))).isEqualTo(rendered(farm("jenkins.yaml")));
    }

    @Test
    public void scalesDifferWhereTheyMustAndNowhereElse() throws IOException {
        Farm farm = farm("jenkins.yaml");
        Map<String, String> ten = rendered(farm.scaled(Map.of("linux", 10)));
        for (int agents : List.of(1, 1_000)) {
            Map<String, String> other = rendered(farm.scaled(Map.of("linux", agents)));
            Set<String> differing = ten.keySet().stream()
                    .filter(path -> !ten.get(path).equals(other.get(path)))
                    .collect(Collectors.toSet());

            assertThat(other).containsOnlyKeys(ten.keySet());
            // There may be ten of one, too: the file says so.
            assertThat(differing)
                    .isEqualTo(
                            agents == 1
                                    ? Set.of("aws/template.json")
                                    : Set.of(
                                            "aws/template.json",
                                            "agents/linux/agent.env",
                                            "controller/casc/jenkins.yaml"));
            assertThat(paths(
                            "",
                            Json.mapper().readTree(other.get("aws/template.json")),
                            Json.mapper().readTree(ten.get("aws/template.json"))))
                    .isSubsetOf("/Parameters/LinuxWorkersCount/Default", "/Parameters/LinuxWorkersMax/Default");
        }
    }

    /** Where two documents differ. */
    private static List<String> paths(String at, JsonNode one, JsonNode other) {
        List<String> paths = new ArrayList<>();
        if (one.isContainerNode() && one.getNodeType() == other.getNodeType() && one.size() == other.size()) {
            if (one.isArray()) {
                for (int i = 0; i < one.size(); i++) {
                    paths.addAll(paths(at + "/" + i, one.get(i), other.get(i)));
                }
            } else {
                one.fields()
                        .forEachRemaining(
                                f -> paths.addAll(paths(at + "/" + f.getKey(), f.getValue(), other.path(f.getKey()))));
            }
        } else if (!one.equals(other)) {
            paths.add(at);
        }
        return paths;
    }

    @Test
    public void everyReferenceOfATemplateResolves() throws IOException {
        for (String name : List.of("jenkins.yaml", "odd.json")) {
            JsonNode template = Json.mapper().readTree(rendered(farm(name)).get("aws/template.json"));
            Set<String> resources = Sets.newHashSet(template.path("Resources").fieldNames());
            Set<String> parameters = Sets.newHashSet(template.path("Parameters").fieldNames());
            Set<String> used = new HashSet<>();
            references(template, used);

            assertThat(used).isNotEmpty().allSatisfy(reference -> assertThat(resources.contains(reference)
                            || parameters.contains(reference)
                            || reference.startsWith("AWS::"))
                    .as(reference)
                    .isTrue());
            assertThat(used).as("every parameter counts").containsAll(parameters);
            assertThat(resources).allMatch(r -> r.matches("[A-Za-z0-9]+"));
            for (JsonNode resource : template.path("Resources")) {
                JsonNode init = resource.at("/Properties/LaunchTemplateData/UserData/Fn::Base64");
                if (!init.isMissingNode()) {
                    assertThat(init.asText()).startsWith("#cloud-config\n").hasSizeLessThan(MOST_USER_DATA);
                    assertThat(yaml(init.asText())).containsKeys("write_files", "runcmd");
                }
            }
        }
    }

    private static void references(JsonNode node, Set<String> used) {
        if (node.isObject()) {
            if (node.has("Ref")) {
                used.add(node.path("Ref").asText());
            }
            if (node.has("Fn::GetAtt")) {
                used.add(node.path("Fn::GetAtt").path(0).asText());
            }
            if (node.has("DependsOn")) {
                used.add(node.path("DependsOn").asText());
            }
            if (node.has("Fn::Sub")) {
                Matcher matcher = Pattern.compile("\\$\\{([A-Za-z0-9:]+)")
                        .matcher(node.path("Fn::Sub").asText());
                while (matcher.find()) {
                    used.add(matcher.group(1));
                }
            }
        }
        node.forEach(below -> references(below, used));
    }

    private static Map<String, Object> yaml(String text) {
        return new Yaml(new SafeConstructor(new LoaderOptions())).load(text);
    }

    @Test
    public void configurationIsYamlWithANodeForEachInboundAgent() throws IOException {
        JsonNode casc =
                Json.mapper().valueToTree(yaml(rendered(farm("jenkins.yaml")).get("controller/casc/jenkins.yaml")));

        assertThat(casc.at("/jenkins/nodes")).hasSize(10);
        assertThat(casc.at("/jenkins/nodes/9/permanent/name").asText()).isEqualTo("linux-10");
        assertThat(casc.at("/jenkins/securityRealm/local/users/0/password").asText())
                .isEqualTo("${ops-password}");
        JsonNode odd = Json.mapper().valueToTree(yaml(rendered(farm("odd.json")).get("controller/casc/jenkins.yaml")));
        assertThat(odd.at("/jenkins/nodes")).as("swarm agents make theirs").hasSize(1);
    }

    @Test
    public void scriptsAreBash() throws IOException, InterruptedException {
        for (Map.Entry<String, String> file : rendered(farm("jenkins.yaml")).entrySet()) {
            if (file.getKey().startsWith("bin/")) {
                Path script = Files.writeString(folder.newFile().toPath(), file.getValue());
                assertThat(run("bash", "-n", script.toString()))
                        .as(file.getKey())
                        .isEmpty();
            }
        }
    }

    @Test
    public void systemdTakesTheServices() throws IOException, InterruptedException {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/systemd-analyze")));
        for (String name : List.of("jenkins.yaml", "local.yaml")) {
            for (Map.Entry<String, String> file : rendered(farm(name)).entrySet()) {
                if (file.getKey().endsWith(".service")) {
                    Path units = folder.newFolder().toPath();
                    // What they run is on no machine that only tests them.
                    String text = file.getValue().replaceAll("=/usr/local/bin/[a-z-]+|=/usr/bin/java", "=/bin/true");
                    Path unit = units.resolve(
                            Path.of(file.getKey()).getFileName().toString().replace("@", "@linux-1"));
                    Files.writeString(unit, text);
                    assertThat(run("systemd-analyze", "verify", "--man=no", unit.toString()))
                            .as(name + " " + file.getKey())
                            .doesNotContain(unit.getFileName().toString());
                }
            }
        }
    }

    private static String run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return out;
    }
}
