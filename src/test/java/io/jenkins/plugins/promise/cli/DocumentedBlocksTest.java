package io.jenkins.plugins.promise.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.promise.testing.DocumentedPage;
import io.jenkins.plugins.promise.testing.DocumentedPage.Block;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.Test;

/** What the docs have people type is run by a test, or is a build that there is. */
public class DocumentedBlocksTest {
    private static final Pattern BUILD = Pattern.compile("\\bmvn ([^`\n]+)");
    private static final Pattern PROFILE = Pattern.compile("(?<= |^)-P(\\w+)");
    private static final Pattern PROPERTY = Pattern.compile("(?<= |^|\\[)-D(\\w+)");
    private static final Pattern PLUGIN = Pattern.compile("[\\w.]+:([\\w-]+):\\w+");

    /** Properties of Maven's own plugins. */
    private static final List<String> KNOWN = List.of("skipTests", "test");

    @Test
    public void whoeverRunsABlockIsATestThatReadsThePage() throws IOException {
        for (DocumentedPage page : DocumentedPage.all()) {
            assertThat(page.file()).content().doesNotContain("<!-- not run");
            for (Block block : page.blocks()) {
                if (block.runBy().isPresent()) {
                    String test = block.runBy().get();
                    assertThat(source(test))
                            .as("%s: %s", page, test)
                            .contains("\"" + page + "\"", "runBy(" + test + ".class)");
                }
            }
        }
    }

    private static String source(String test) throws IOException {
        for (Path root : List.of(Path.of("src/test/java"), Path.of("src/it/java"))) {
            try (Stream<Path> sources = Files.walk(root)) {
                Optional<Path> source =
                        sources.filter(p -> p.endsWith(test + ".java")).findFirst();
                if (source.isPresent()) {
                    return Files.readString(source.get());
                }
            }
        }
        throw new AssertionError("no test " + test);
    }

    /** A build takes minutes, and is run by whoever changes what it is about. */
    @Test
    public void theBuildsThatAreToldAreThere() throws IOException {
        String code = code();
        for (DocumentedPage page : DocumentedPage.all()) {
            Matcher builds = BUILD.matcher(Files.readString(page.file()));
            while (builds.find()) {
                String build = builds.group(1);
                String pom =
                        Files.readString(Path.of(build.contains("-f pom-jenkins.xml") ? "pom-jenkins.xml" : "pom.xml"));
                assertThat(all(PROFILE, build)).as(build).allSatisfy(p -> assertThat(pom)
                        .contains("<id>" + p + "</id>"));
                assertThat(all(PLUGIN, build)).as(build).allSatisfy(p -> assertThat(pom)
                        .contains("<artifactId>" + p + "</artifactId>"));
                assertThat(all(PROPERTY, build)).as(build).allSatisfy(p -> assertThat(
                                KNOWN.contains(p) || pom.contains("${" + p + "}") || code.contains("(\"" + p + "\""))
                        .as(p)
                        .isTrue());
            }
        }
    }

    @Test
    public void whatReadersTestWithIsWhatCiRuns() throws IOException {
        Matcher build = BUILD.matcher(Files.readString(Path.of("README.md")));
        assertThat(build.find()).isTrue();

        assertThat(Path.of(".ci/run")).content().endsWith("exec mvn " + build.group(1) + "\n");
    }

    private static List<String> all(Pattern what, String text) {
        return what.matcher(text).results().map(r -> r.group(1)).toList();
    }

    private static String code() throws IOException {
        StringBuilder code = new StringBuilder();
        try (Stream<Path> sources = Files.walk(Path.of("src/test/java"))) {
            for (Path source :
                    sources.filter(p -> p.toString().endsWith(".java")).toList()) {
                code.append(Files.readString(source));
            }
        }
        return code.toString();
    }
}
