package io.jenkins.plugins.promise;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.Test;

public class ArchitectureTest {
    private static final String ROOT = "io.jenkins.plugins.promise.";
    private static final String[] MODEL = {
        ROOT + "contract..",
        ROOT + "report..",
        ROOT + "ledger..",
        ROOT + "callback..",
        ROOT + "orchestration..",
        ROOT + "suite..",
        ROOT + "component..",
        ROOT + "rehearsal.."
    };
    private static final String[] JENKINS = {"hudson..", "jenkins..", "org.jenkinsci..", "org.kohsuke.stapler.."};

    private final JavaClasses classes = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.jenkins.plugins.promise");

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
    public void hostsDoNotKnowEachOther() {
        noClasses()
                .that()
                .resideInAPackage(ROOT + "local..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(ROOT + "cli..", ROOT + "jenkins..")
                .check(classes);
        noClasses()
                .that()
                .resideInAPackage(ROOT + "cli..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage(ROOT + "jenkins..")
                .check(classes);
        noClasses()
                .that()
                .resideInAPackage(ROOT + "jenkins..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(ROOT + "cli..", ROOT + "local..")
                .check(classes);
    }

    @Test
    public void packagesFormNoCycles() {
        slices().matching(ROOT + "(*)..").should().beFreeOfCycles().check(classes);
    }
}
