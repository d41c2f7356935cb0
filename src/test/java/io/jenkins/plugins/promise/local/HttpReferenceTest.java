package io.jenkins.plugins.promise.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.promise.testing.ReferencePage;
import io.jenkins.plugins.promise.testing.ReferenceWords;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.Test;

/** The requests of the reference are those that the local controller has routes for. */
public class HttpReferenceTest {
    private static final Path SOURCES = Path.of("src/main/java/io/jenkins/plugins/promise/local");
    private static final Pattern ANY_ROUTE = Pattern.compile("\\bserver\\s*\\.(get|post|put|delete|patch|head)\\(");
    private static final Pattern ROUTE = Pattern.compile(ANY_ROUTE.pattern() + "\\s*\"([^\"]+)\"");

    @Test
    public void eachRouteIsThere() throws IOException {
        ReferenceWords words = new ReferenceWords("http");
        ReferencePage page = new ReferencePage(
                        "http",
                        "HTTP",
                        "Whoever asks for `text/html` gets a page of the console where there is one, everybody else"
                                + " JSON; errors are `application/problem+json`. Who may: who submits, and how a callback"
                                + " is signed: [platform.md](../platform.md).")
                .part("Requests")
                .head("request", "");
        for (var route : routes().entrySet()) {
            page.row("`" + route.getValue() + "`", words.of(route.getValue()));
        }
        words.areAllTaken();
        page.isPublished();
    }

    /** By path, then by method; what the console's own forms are sent to is nobody else's. */
    private static TreeMap<String, String> routes() throws IOException {
        TreeMap<String, String> routes = new TreeMap<>();
        List<Path> files;
        try (Stream<Path> all = Files.walk(SOURCES)) {
            files = all.filter(f -> f.toString().endsWith(".java"))
                    .filter(f -> !f.startsWith(SOURCES.resolve("console")))
                    .toList();
        }
        for (Path file : files) {
            String source = Files.readString(file);
            Matcher route = ROUTE.matcher(source);
            int found = 0;
            while (route.find()) {
                String method = route.group(1).toUpperCase(Locale.ROOT);
                routes.put(route.group(2) + " " + method, method + " " + route.group(2));
                found++;
            }
            assertThat(ANY_ROUTE.matcher(source).results().count())
                    .as("%s has a route whose path is no literal", file)
                    .isEqualTo(found);
        }
        return routes;
    }
}
