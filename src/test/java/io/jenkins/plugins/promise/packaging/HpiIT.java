package io.jenkins.plugins.promise.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** Opens the plugin as it was packaged: Jenkins must find in it what it looks for. */
public final class HpiIT {
    private static final Path HPI = Path.of(System.getProperty("project.basedir", "."), "target", "promise-jobs.hpi");
    private static final String ANNOTATIONS = "META-INF/services/annotations/";

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private JarFile hpi;
    private JarFile jar;

    @Before
    public void open() throws IOException {
        hpi = new JarFile(HPI.toFile());
        Path inner = folder.newFile("promise-jobs.jar").toPath();
        Files.write(inner, bytes(hpi, "WEB-INF/lib/promise-jobs.jar"));
        jar = new JarFile(inner.toFile());
    }

    @After
    public void close() throws IOException {
        hpi.close();
        jar.close();
    }

    private static byte[] bytes(JarFile file, String name) throws IOException {
        JarEntry entry = file.getJarEntry(name);
        assertThat(entry).as(name).isNotNull();
        try (InputStream in = file.getInputStream(entry)) {
            return in.readAllBytes();
        }
    }

    private static String text(JarFile file, String name) throws IOException {
        return new String(bytes(file, name), StandardCharsets.UTF_8);
    }

    private static List<String> names(JarFile file, String pattern) {
        return file.stream()
                .map(JarEntry::getName)
                .filter(n -> n.matches(pattern))
                .sorted()
                .toList();
    }

    private JavaClasses classes() {
        return new ClassFileImporter().importJar(jar);
    }

    private List<String> annotated(String annotation) {
        return classes().stream()
                .filter(c -> c.isAnnotatedWith(annotation)
                        || c.getMethods().stream().anyMatch(m -> m.isAnnotatedWith(annotation)))
                .map(JavaClass::getName)
                .sorted()
                .toList();
    }

    @Test
    public void manifestsSayWhichPluginItIs() throws IOException {
        for (JarFile file : List.of(hpi, jar)) {
            Attributes manifest = file.getManifest().getMainAttributes();
            assertThat(manifest.getValue("Short-Name")).isEqualTo("promise-jobs");
            assertThat(manifest.getValue("Long-Name")).isEqualTo("Promise Jobs");
            assertThat(manifest.getValue("Plugin-Version")).matches("[0-9]+\\.[0-9]+\\.[0-9]+(-SNAPSHOT)?");
            assertThat(manifest.getValue("Jenkins-Version")).isEqualTo("2.479.3");
            assertThat(manifest.getValue("Minimum-Java-Version")).isEqualTo("17");
        }
    }

    @Test
    public void manifestNamesEveryPluginWithItsVersion() throws IOException {
        Map<String, String> dependencies = new TreeMap<>();
        for (String one : hpi.getManifest()
                .getMainAttributes()
                .getValue("Plugin-Dependencies")
                .split(",", -1)) {
            assertThat(one).matches("[a-z0-9-]+:[0-9][0-9A-Za-z._-]*(;resolution:=optional)?");
            dependencies.put(one.replaceFirst(":.*", ""), one.endsWith("=optional") ? "optional" : "required");
        }
        assertThat(dependencies)
                .containsEntry("workflow-step-api", "required")
                .containsEntry("workflow-api", "required")
                .containsEntry("workflow-cps", "required")
                .containsEntry("workflow-job", "required")
                .containsEntry("structs", "required")
                .containsEntry("pipeline-stage-step", "required")
                .containsEntry("jackson2-api", "required")
                .containsEntry("plain-credentials", "required")
                .containsEntry("commons-text-api", "required")
                .containsEntry("ionicons-api", "required")
                .containsEntry("nodelabelparameter", "optional")
                .containsEntry("cloudbees-folder", "optional")
                .containsEntry("postgresql-api", "optional");
    }

    @Test
    public void librariesAreThoseThatNoPluginProvides() {
        assertThat(names(hpi, "WEB-INF/lib/.+"))
                .extracting(n -> n.replaceFirst("WEB-INF/lib/", "").replaceFirst("(-[0-9.]+)?\\.jar$", ""))
                .containsExactly(
                        "HikariCP",
                        "flyway-core",
                        "flyway-database-postgresql",
                        "geantyref",
                        "httpclient5",
                        "httpcore5",
                        "httpcore5-h2",
                        "itu",
                        "jdbi3-core",
                        "json-schema-validator",
                        "promise-jobs",
                        "re2j",
                        "sqlite-jdbc",
                        "ulid-creator");
    }

    @Test
    public void neitherSignaturesNorOtherHostsArePackaged() {
        assertThat(names(jar, ".*\\.class"))
                .isNotEmpty()
                .allMatch(n -> n.startsWith("io/jenkins/plugins/promise/"))
                .noneMatch(n -> n.startsWith("io/jenkins/plugins/promise/cli/"))
                .noneMatch(n -> n.startsWith("io/jenkins/plugins/promise/component/"))
                .noneMatch(n -> n.startsWith("io/jenkins/plugins/promise/local/"));
    }

    @Test
    public void extensionsAreIndexed() throws IOException {
        assertThat(bytes(jar, "META-INF/annotations/hudson.Extension")).isNotEmpty();
        List<String> indexed = text(jar, "META-INF/annotations/hudson.Extension.txt")
                .lines()
                .map(l -> l.replaceFirst("[({].*", "").replace('$', '.').trim())
                .filter(l -> l.startsWith("io.jenkins"))
                .sorted()
                .toList();
        assertThat(indexed)
                .isNotEmpty()
                .containsExactlyInAnyOrderElementsOf(annotated("hudson.Extension").stream()
                        .map(n -> n.replace('$', '.'))
                        .toList());
    }

    @Test
    public void otherAnnotationsThatJenkinsLooksUpAreIndexed() throws IOException {
        for (String annotation : List.of("org.jenkinsci.Symbol", "hudson.init.Initializer", "hudson.init.Terminator")) {
            assertThat(text(jar, ANNOTATIONS + annotation).lines().sorted().toList())
                    .as(annotation)
                    .isNotEmpty()
                    .isEqualTo(annotated(annotation));
        }
    }

    @Test
    public void constructorsOfFormsHaveTheirParametersNames() throws IOException {
        List<String> bound = classes().stream()
                .filter(c -> c.getConstructors().stream()
                        .anyMatch(k -> k.isAnnotatedWith("org.kohsuke.stapler.DataBoundConstructor")))
                .map(c -> c.getName().replace('.', '/').replace('$', '/') + ".stapler")
                .toList();
        assertThat(bound).isNotEmpty();
        for (String name : bound) {
            assertThat(text(jar, name)).as(name).contains("constructor=");
        }
    }

    @Test
    public void messagesAreThere() throws IOException {
        String folderName = "io/jenkins/plugins/promise/jenkins/";
        assertThat(names(jar, folderName + "Messages\\.class")).hasSize(1);
        assertThat(text(jar, folderName + "Messages.properties")).contains("PromisesRootAction.DisplayName");
        assertThat(text(jar, "index.jelly")).contains("Jobs as contracts");
    }

    @Test
    public void everyFormFieldHasHelp() throws IOException {
        Pattern field = Pattern.compile("<f:entry[^>]* field=\"([A-Za-z]+)\"");
        List<String> missing = new ArrayList<>();
        TreeSet<String> seen = new TreeSet<>();
        for (String form : names(jar, ".*/config(-details)?\\.jelly")) {
            Matcher matcher = field.matcher(text(jar, form));
            while (matcher.find()) {
                String help = form.replaceFirst("[^/]+$", "help-" + matcher.group(1) + ".html");
                seen.add(help);
                if (jar.getJarEntry(help) == null) {
                    missing.add(help);
                }
            }
        }
        assertThat(seen).hasSizeGreaterThan(20);
        assertThat(missing).isEmpty();
    }

    @Test
    public void pagesHoldNoScriptAndEscapeByDefault() throws IOException {
        List<String> pages = names(jar, ".*\\.jelly");
        assertThat(pages).hasSizeGreaterThan(10);
        for (String page : pages) {
            assertThat(text(jar, page))
                    .as(page)
                    .contains("<?jelly escape-by-default='true'?>")
                    // A file of the plugin's own may be loaded; nothing is written into the page.
                    .doesNotContainPattern(
                            "<script(?! type=\"module\" src=\"\\$\\{rootURL}/promises/elements/[a-z]+\\.js\"/>)")
                    .doesNotContainPattern("\\son[a-z]+=")
                    .doesNotContain(" style=");
        }
    }
}
