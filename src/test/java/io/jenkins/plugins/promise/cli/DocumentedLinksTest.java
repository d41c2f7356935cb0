package io.jenkins.plugins.promise.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.promise.testing.DocumentedPage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.Test;

/** Whoever follows a link of the docs comes to something, and reads the first page to its end. */
public class DocumentedLinksTest {
    private static final int LINES = 150;
    /** What the names of pictures of Jenkins' pages begin with; PicturesTest puts it before them. */
    private static final String JENKINS = "jenkins-";

    private static final Pattern CODE = Pattern.compile("(?s)```.*?```|<code>.*?</code>|`[^`\n]*`");
    private static final Pattern LINK = Pattern.compile("\\[[^]\n]*]\\(([^)\\s]+)\\)");

    @Test
    public void everyLinkLeadsSomewhere() throws IOException {
        for (DocumentedPage page : DocumentedPage.all()) {
            for (MatchResult link : LINK.matcher(
                            CODE.matcher(Files.readString(page.file())).replaceAll(""))
                    .results()
                    .toList()) {
                String to = link.group(1);
                if (to.contains("://")) {
                    continue;
                }
                int hash = to.indexOf('#');
                String name = hash < 0 ? to : to.substring(0, hash);
                Path target = name.isEmpty()
                        ? page.file()
                        : page.file().toAbsolutePath().resolveSibling(name).normalize();
                assertThat(target).as("%s: %s", page, to).exists();
                if (hash >= 0) {
                    assertThat(anchors(target)).as("%s: %s", page, to).contains(to.substring(hash + 1));
                }
            }
        }
    }

    /** No picture is made by hand: a test takes it, a page shows it, and nothing lies there that none shows any more. */
    @Test
    public void everyPictureIsTakenByATestAndShown() throws IOException {
        StringBuilder pages = new StringBuilder();
        for (DocumentedPage page : DocumentedPage.all()) {
            pages.append(Files.readString(page.file()));
        }
        String tests = sources(Path.of("src/test/java"));
        String ofJenkins = sources(Path.of("src/it/java"));
        try (Stream<Path> docs = Files.walk(Path.of("docs"))) {
            List<String> pictures = docs.map(p -> p.getFileName().toString())
                    .filter(p -> p.matches(".*\\.(png|jpe?g|gif|svg|webp)"))
                    .toList();
            assertThat(pictures).hasSizeGreaterThan(10).allSatisfy(picture -> {
                assertThat(pages).as(picture).contains(picture + ")");
                assertThat(tests.contains("PICTURES.resolve(\"" + picture + "\")")
                                || (picture.startsWith(JENKINS)
                                        && ofJenkins.contains("\""
                                                + picture.substring(JENKINS.length(), picture.indexOf('.')) + "\"")))
                        .as("%s is taken by a test", picture)
                        .isTrue();
            });
        }
    }

    private static String sources(Path folder) throws IOException {
        StringBuilder text = new StringBuilder();
        try (Stream<Path> sources = Files.walk(folder)) {
            for (Path source :
                    sources.filter(p -> p.toString().endsWith(".java")).toList()) {
                text.append(Files.readString(source));
            }
        }
        return text.toString();
    }

    /** The headings of a page, as they are linked to. */
    private static List<String> anchors(Path page) throws IOException {
        return Files.readAllLines(page).stream()
                .filter(l -> l.matches("#+ .*"))
                .map(l -> l.replaceFirst("#+ ", "")
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^\\p{L}\\p{N} _-]", "")
                        .replace(' ', '-'))
                .toList();
    }

    @Test
    public void theFirstPageIsShort() throws IOException {
        assertThat(Files.readAllLines(Path.of("README.md"))).hasSizeLessThanOrEqualTo(LINES);
    }
}
