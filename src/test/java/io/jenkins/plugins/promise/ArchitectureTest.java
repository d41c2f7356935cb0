package io.jenkins.plugins.promise;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import org.junit.AfterClass;
import org.junit.BeforeClass;
import org.junit.Test;

public class ArchitectureTest {
    private static final String ROOT = "io.jenkins.plugins.promise.";
    /** From the top down: a package knows those below it, never one beside or above it. */
    private static final List<List<String>> LAYERS = List.of(
            List.of("cli"),
            List.of("local", "jenkins"),
            List.of("rehearsal", "component", "farm"),
            List.of("suite"),
            List.of("engine"),
            List.of("watching"),
            List.of("acceptance"),
            List.of("deployment"),
            List.of("environment"),
            List.of("orchestration"),
            List.of("ledger"),
            List.of("callback"),
            List.of("report"),
            List.of("contract"));

    private static final String[] MODEL = LAYERS.stream()
            .skip(2)
            .flatMap(List::stream)
            .map(p -> ROOT + p + "..")
            .toArray(String[]::new);
    private static final String[] JENKINS = {"hudson..", "jenkins..", "org.jenkinsci..", "org.kohsuke.stapler.."};

    /** Read once: it takes seconds. */
    private static JavaClasses classes;

    @BeforeClass
    public static void read() {
        classes = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("io.jenkins.plugins.promise");
    }

    @AfterClass
    public static void forget() {
        classes = null;
    }

    @Test
    public void modelKnowsNoHost() {
        noClasses()
                .that()
                .resideInAnyPackage(MODEL)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(ROOT + "local..", ROOT + "cli..", ROOT + "jenkins..")
                .check(classes);
    }

    @Test
    public void modelUsesNoHttpServerAndNoCommandLine() {
        noClasses()
                .that()
                .resideInAnyPackage(MODEL)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.javalin..", "org.eclipse.jetty..", "com.sun.net.httpserver..", "picocli..")
                .check(classes);
    }

    @Test
    public void onlyJenkinsPackageImportsJenkins() {
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + "jenkins..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(JENKINS)
                .check(classes);
    }

    @Test
    public void arrowsGoDownOnly() {
        for (int layer = 0; layer < LAYERS.size(); layer++) {
            for (String name : LAYERS.get(layer)) {
                String[] notBelow = LAYERS.subList(0, layer + 1).stream()
                        .flatMap(List::stream)
                        .filter(other -> !other.equals(name))
                        .map(other -> ROOT + other + "..")
                        .toArray(String[]::new);
                if (notBelow.length > 0) {
                    noClasses()
                            .that()
                            .resideInAPackage(ROOT + name + "..")
                            .should()
                            .dependOnClassesThat()
                            .resideInAnyPackage(notBelow)
                            .allowEmptyShould(true)
                            .check(classes);
                }
            }
        }
    }

    /** A Jenkins has another groovy-cps, and compiles scripts before anything of this plugin is there. */
    @Test
    public void theGuardOfScriptsKnowsNothingButGroovy() {
        classes()
                .that()
                .resideInAPackage(ROOT + "orchestration.script..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(ROOT + "orchestration.script..", "java..", "groovy.lang..", "org.codehaus.groovy..")
                .check(classes);
    }

    @Test
    public void everyPackageHasItsPlace() {
        List<String> known = LAYERS.stream().flatMap(List::stream).toList();
        assertThat(classes.stream()
                        .map(c -> c.getPackageName().substring(ROOT.length()).split("\\.", 2)[0])
                        .distinct())
                .isSubsetOf(known);
    }

    @Test
    public void packagesFormNoCycles() {
        slices().matching(ROOT + "(*)..").should().beFreeOfCycles().check(classes);
    }
}
