package io.jenkins.plugins.promise.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.promise.contract.json.Json;
import io.jenkins.plugins.promise.testing.Controllers;
import io.jenkins.plugins.promise.testing.Http;
import io.jenkins.plugins.promise.testing.Receiver;
import io.jenkins.plugins.promise.testing.SuiteFolder;
import io.jenkins.plugins.promise.testing.Whole;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.experimental.categories.Category;
import org.junit.rules.TemporaryFolder;

/** The shipped example does real work on real parts, whose volumes are known in closed form. */
public class QuoteTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Path SUITE = Path.of("examples/quote").toAbsolutePath();
    private static final Offset<Double> EXACT = within(0.001);

    @Rule
    public TemporaryFolder folder = new TemporaryFolder();

    private LocalController controller;
    private Receiver receiver;
    private Path result;

    @Before
    public void start() throws IOException {
        receiver = new Receiver();
        result = folder.getRoot().toPath().resolve("quote.json");
        controller = new Controllers(folder.newFolder().toPath()).start(new SuiteFolder(SUITE));
    }

    @After
    public void stop() {
        controller.close();
        receiver.close();
    }

    private JsonNode quote(Path part, String material, int quantity) throws Exception {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("SOURCE_S3_FILE_PATH", part.toUri().toString());
        form.put("RESULT_S3_FILE_PATH", result.toUri().toString());
        form.put("REPORT_RETURN_URL", receiver.url("/ok"));
        form.put("MATERIAL", material);
        form.put("QUANTITY", Integer.toString(quantity));
        int before = receiver.messages().size();
        Http.Answer answer = new Http(controller.url()).form("/promises/submit/quote", form);
        assertThat(answer.status()).as(answer.body()).isEqualTo(201);
        return receiver.await(before + 1, PATIENCE).get(before).json();
    }

    private void assertRejected(Path part, String reason) throws Exception {
        JsonNode report = quote(part, "pla", 1);
        assertThat(report.path("status").asText()).isEqualTo("FAILURE");
        assertThat(report.path("reason").asText()).contains(reason);
        assertThat(result).doesNotExist();
    }

    private Path file(String name, byte[] content) throws IOException {
        return Files.write(folder.getRoot().toPath().resolve(name), content);
    }

    @Test
    public void pricesTheCube() throws Exception {
        JsonNode report = quote(SUITE.resolve("parts/cube.stl"), "pla", 1);

        assertThat(report.path("status").asText()).as(report.toString()).isEqualTo("SUCCESS");
        JsonNode data = report.path("data");
        assertThat(data.path("volume_mm3").asDouble()).isEqualTo(1000, EXACT);
        assertThat(data.path("surface_mm2").asDouble()).isEqualTo(600, EXACT);
        assertThat(data.path("box_mm")).extracting(JsonNode::asDouble).containsExactly(10.0, 10.0, 10.0);
        assertThat(data.path("triangles").asInt()).isEqualTo(12);
        assertThat(data.at("/price/currency").asText()).isEqualTo("USD");
        JsonNode published = Json.mapper().readTree(result.toFile());
        assertThat(published.at("/price/amount")).isEqualTo(data.at("/price/amount"));
    }

    @Test
    public void pricesTheTetrahedronByMaterialAndQuantity() throws Exception {
        Path part = SUITE.resolve("parts/tetrahedron.stl");
        JsonNode one = quote(part, "pla", 1).path("data");
        JsonNode ten = quote(part, "pla", 10).path("data");
        JsonNode steel = quote(part, "steel", 1).path("data");

        assertThat(one.path("volume_mm3").asDouble()).isEqualTo(30.0 * 30 * 30 / 6, EXACT);
        assertThat(one.path("surface_mm2").asDouble())
                .isEqualTo(3 * 30.0 * 30 / 2 + Math.sqrt(3) / 4 * 2 * 30 * 30, EXACT);
        double single = one.at("/price/amount").asDouble();
        assertThat(ten.at("/price/amount").asDouble()).isGreaterThan(single).isLessThan(10 * single);
        assertThat(steel.at("/price/amount").asDouble()).isGreaterThan(single);
    }

    @Test
    public void aPartWithHolesTakesTheOtherPath() throws Exception {
        JsonNode report = quote(SUITE.resolve("parts/open-shell.stl"), "pla", 1);

        assertThat(report.path("status").asText()).isEqualTo("FAILURE");
        assertThat(report.at("/data/mesh/open_edges").asInt())
                .as(report.toString())
                .isEqualTo(4);
        assertThat(report.at("/data/advice")).isNotEmpty();
        JsonNode promise = new Http(controller.url())
                .get("/promises/" + report.at("/promise/id").asText())
                .json();
        assertThat(promise.path("phases"))
                .extracting(p -> p.path("name").asText())
                .containsExactly("inspect", "advise");
        assertThat(result).doesNotExist();
    }

    @Test
    public void sameNumbersFarFromTheOriginAndInTheOtherFormat() throws Exception {
        JsonNode report = quote(file("far cube %20.stl", asciiCube(1e6f)), "pla", 1);

        assertThat(report.path("status").asText()).as(report.toString()).isEqualTo("SUCCESS");
        assertThat(report.at("/data/volume_mm3").asDouble()).isEqualTo(1000, within(0.5));
    }

    /** The shipped binary cube, written as ASCII and moved along x. */
    private static byte[] asciiCube(float by) throws IOException {
        ByteBuffer binary = ByteBuffer.wrap(Files.readAllBytes(SUITE.resolve("parts/cube.stl")))
                .order(ByteOrder.LITTLE_ENDIAN);
        binary.position(80);
        int triangles = binary.getInt();
        StringBuilder text = new StringBuilder("solid cube\n");
        for (int t = 0; t < triangles; t++) {
            binary.position(84 + 50 * t + 12);
            text.append("facet normal 0 0 0\n outer loop\n");
            for (int v = 0; v < 3; v++) {
                text.append("  vertex ").append(binary.getFloat() + by).append(' ');
                text.append(binary.getFloat()).append(' ').append(binary.getFloat());
                text.append('\n');
            }
            text.append(" endloop\nendfacet\n");
        }
        return text.append("endsolid cube\n").toString().getBytes(StandardCharsets.US_ASCII);
    }

    @Test
    @Category(Whole.class)
    public void tellsWhatIsNoPart() throws Exception {
        byte[] cube = Files.readAllBytes(SUITE.resolve("parts/cube.stl"));
        byte[] ascii = asciiCube(0);

        assertRejected(folder.getRoot().toPath().resolve("gone.stl"), "is not there");
        assertRejected(file("empty.stl", new byte[0]), "empty");
        assertRejected(file("cut.stl", Arrays.copyOf(cube, cube.length - 60)), "cut short");
        assertRejected(file("cut-ascii.stl", Arrays.copyOf(ascii, ascii.length * 2 / 3)), "cut short");
        assertRejected(
                file(
                        "picture.stl",
                        "\u0089PNG and so on and on and on".repeat(40).getBytes(StandardCharsets.UTF_8)),
                "is no STL file");
        assertRejected(folder.newFolder().toPath(), "not a file");
    }
}
