package io.jenkins.plugins.promise.orchestration.script;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.groovy.cps.Continuable;
import groovy.lang.Closure;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import org.codehaus.groovy.runtime.DefaultGroovyMethods;
import org.codehaus.groovy.runtime.StringGroovyMethods;
import org.junit.Test;

/** What the guard of scripts finds, without an engine. */
public class ScriptProblemsTest {
    /** Of what a script may not use anyway: files, streams, what runs while it is compiled. */
    private static final Set<String> ELSEWHERE = Set.of(
            "accept",
            "asType",
            "eachDir",
            "eachDirMatch",
            "eachDirRecurse",
            "eachFile",
            "eachFileMatch",
            "eachFileRecurse",
            "eachObject",
            "print",
            "println",
            "runAfter",
            "withStream",
            "withStreams",
            "withInputStream",
            "withOutputStream",
            "withReader",
            "withWriter",
            "withPrintWriter",
            "withWriterAppend",
            "withDataInputStream",
            "withDataOutputStream",
            "withObjectInputStream",
            "withObjectOutputStream",
            "withObjectStreams");

    /** Whatever Groovy has that takes a closure is either called back by groovy-cps or refused by its name. */
    @Test
    public void everyMethodThatGroupsOfGroovyCpsDoNotKnowIsRefusedWithAClosure() {
        Set<String> called = new TreeSet<>();
        for (Class<?> category : Continuable.categories) {
            for (Method method : category.getMethods()) {
                called.add(method.getName().replaceAll("^\\$|__.*", ""));
            }
        }
        Set<String> silent = new TreeSet<>();
        for (Class<?> type : new Class<?>[] {DefaultGroovyMethods.class, StringGroovyMethods.class}) {
            for (Method method : type.getMethods()) {
                if (Arrays.asList(method.getParameterTypes()).contains(Closure.class)
                        && !called.contains(method.getName())
                        && !ELSEWHERE.contains(method.getName())
                        && ScriptProblems.in("x." + method.getName() + " { it }")
                                .isEmpty()) {
                    silent.add(method.getName());
                }
            }
        }
        assertThat(silent).isEmpty();
    }

    @Test
    public void allAreTold() {
        assertThat(ScriptProblems.in("def a = [2, 1].sort { it }\n\nfor (;;) { }\nreport data: a"))
                .extracting(ScriptProblem::line)
                .containsExactly(1, 3);
    }

    @Test
    public void aMethodOfTheScriptMayHaveAnyName() {
        assertThat(ScriptProblems.in("def sort(Closure c) { c(1) }\nsort { it + 1 }"))
                .isEmpty();
        assertThat(ScriptProblems.in("class Shelf {\n  def unique(Closure c) { c(1) }\n}\nnew Shelf().unique { it }"))
                .isEmpty();
    }

    @Test
    public void whatIsNotTransformedMayCallBack() {
        assertThat(ScriptProblems.in("@NonCPS\ndef f(l) {\n  for (;;) { return l.sort { it } }\n}"))
                .isEmpty();
    }

    @Test
    public void aSyntaxErrorIsOne() {
        assertThat(ScriptProblems.in("def a = [\n")).singleElement().satisfies(p -> assertThat(p.message())
                .contains("unexpected token"));
    }

    @Test
    public void nothingIsFetchedWhileAScriptIsLookedAt() {
        assertThat(ScriptProblems.in("@Grab('a:b:1')\nimport java.util.List\nreport data: 1"))
                .isEmpty();
    }
}
