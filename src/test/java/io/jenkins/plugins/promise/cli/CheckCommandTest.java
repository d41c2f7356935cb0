package io.jenkins.plugins.promise.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.Assume.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.promise.contract.json.Json;
import io.jenkins.plugins.promise.testing.SuiteFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.StreamHandler;
import java.util.stream.Stream;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** What {@code promise check} says, and how. */
public class CheckCommandTest {
    @Rule
    public TemporaryFolder folder = new TemporaryFolder();

    private SuiteFolder suite;

    @Before
    public void make() throws IOException {
        suite = new SuiteFolder(folder.newFolder().toPath())
                .worker(
                        "shout",
                        "echo \"$TEXT\" \"$LOUD\"",
                        "inputs:",
                        "  TEXT: { required: true }",
                        "  LOUD: { type: boolean }")
                .orchestration(
                        "greet",
                        "worker job: 'shout', inputs: [TEXT: inputs.NAME + inputs.SOURCE]",
                        "inputs:",
                        "  NAME: { required: true }",
                        "  SOURCE: { type: uri }",
                        "  DONE: { required: true, type: callback, receives: report }");
    }

    private Told check(String... more) {
        return Told.by(Stream.concat(Stream.of("check", suite.root().toString()), Arrays.stream(more))
                .toList());
    }

    @Test
    public void theInputsOfCasesAreHeldAgainstTheContract() {
        suite.file("cases/good.yaml", "job: greet\ninputs: { NAME: ann, SOURCE: parts/cube.stl }\n")
                .file("cases/loud.yaml", "job: shout\ninputs:\n  TEXT: a\n  LOUD: perhaps\nexpect: { dta: 1 }\n")
                .file("cases/nobody.yaml", "job: greet\ninputs:\n  NOME: ann\n")
                .file("cases/other.yaml", "job: gret\n");

        Told told = check();

        assertThat(told.lines())
                .anyMatch(l -> l.startsWith("cases/loud.yaml:4: inputs.LOUD: must be true or false"))
                .anyMatch(l -> l.startsWith("cases/loud.yaml:5: expect: a report has no dta; did you mean 'data'?"))
                .anyMatch(l -> l.startsWith("cases/nobody.yaml:2: inputs.NAME: is required"))
                .anyMatch(l -> l.startsWith("cases/nobody.yaml:3: inputs.NOME: ") && l.contains("did you mean 'NAME'?"))
                .contains("cases/other.yaml:1: job: there is no job 'gret' in this suite; did you mean 'greet'?")
                .noneMatch(l -> l.startsWith("cases/good.yaml"));
        assertThat(told.err()).isEqualTo("2 jobs, 5 errors, 0 warnings\n");
        assertThat(told.exit()).isEqualTo(1);
    }

    @Test
    public void stepsThatThereAreNotAndArgumentsThatTheyHaveNotAreFound() {
        suite.orchestration(
                "greet",
                "wroker job: 'shout', inputs: [TEXT: inputs.NAME]\n"
                        + "sh 'make'\n"
                        + "slackSend 'done'\n"
                        + "sleep tme: 3\n"
                        + "sleep time: 3, unit: 'FORTNIGHTS'\n"
                        + "worker job: 'shout', retries: 1000, inputs: [TEXT: 'a', TEXT: 'b']\n"
                        + "report status: 'OK'\n"
                        + "phase('p', failFast: 'yes') {\n"
                        + "  worker job: 'shout', inputs: [TEXT: 'a']\n"
                        + "  worker job: 'shout', inputs: [TEXT: 'b']\n"
                        + "  if (inputs.NAME) { worker job: 'shout', inputs: [TEXT: 'c'] } else { worker job: 'shout',"
                        + " inputs: [TEXT: 'd'] }\n"
                        + "}\n"
                        + "def twice = { it * 2 }\n"
                        + "println twice(2)\n"
                        + "[1].with { size() }\n"
                        + "later = { 1 }\n"
                        + "later()\n"
                        + "def own() { 1 }\n"
                        + "own()\n"
                        + "retry(2) { echo message: 'x' }",
                "inputs:",
                "  NAME: { required: true }");

        Told told = check();

        String file = "jobs/greet/run.groovy:";
        assertThat(told.lines())
                .containsExactlyInAnyOrder(
                        file + "1: wroker: there is no step 'wroker'; did you mean 'worker'?",
                        file
                                + "2: warning: sh: is a step of Jenkins, which the local controller does not have; do it in the"
                                + " script of a worker, and call that: worker job: '…'",
                        file
                                + "3: warning: slackSend: is neither a step of promise jobs nor a method of this"
                                + " script; only a plugin of Jenkins could have it",
                        file + "4: sleep: has no argument 'tme'; did you mean 'time'?; known are time, unit",
                        file + "5: sleep: unit must be SECONDS, MINUTES, HOURS or DAYS, not FORTNIGHTS",
                        file + "6: worker: retries must be a whole number from 0 to 100, not 1000",
                        file + "6: 'TEXT' is given twice, and only the last one would count",
                        file + "7: report: status must be 'SUCCESS' or 'FAILURE', not 'OK'",
                        file + "8: phase: failFast must be true or false, not yes",
                        file + "10: phase: has two workers named 'shout'; give one of them another name with as: '…'");
    }

    @Test
    public void dataThatStandInTheScriptAreHeldAgainstTheContract() {
        suite.orchestration(
                "greet",
                "if (inputs.NAME) {\n"
                        + "  report data: [texts: ['a', 1]]\n"
                        + "} else {\n"
                        + "  report data: [text: 'a', n: inputs.NAME]\n"
                        + "}\n"
                        + "report data: [text: 'a']\n"
                        + "report status: 'FAILURE', data: [why: 'x']",
                "inputs:",
                "  NAME: {}",
                "outputs: { type: object, required: [text] }");

        assertThat(check().lines())
                .filteredOn(l -> l.startsWith("jobs/greet/"))
                .hasSize(1)
                .allMatch(l -> l.startsWith("jobs/greet/run.groovy:2: report: ") && l.contains("text"));
    }

    @Test
    public void theScriptsOfWorkersAreLookedAtByWhatWouldRunThem() {
        suite.worker("shout", "echo $TEXT $LOUD\nif true; then\n  echo x", "inputs:", "  TEXT: {}", "  LOUD: {}")
                .worker("snake", "#!/usr/bin/env python3\nprint('a'\nprint('b')")
                .worker("js", "#!/usr/bin/env node\nlet a = ;\n")
                .worker("pearl", "#!/usr/bin/perl\nmy $a = ;\n")
                .worker("gem", "#!/usr/bin/env ruby\ndef a\n")
                .worker("globs", "shopt -s extglob\nrm -rf !(keep)\n")
                .worker("other", "#!/usr/bin/awk -f\n{ print }\n");

        Told told = check();

        assertThat(told.lines())
                .anyMatch(l -> l.matches("jobs/shout/run.sh:[345]: syntax error: unexpected end of file.*"));
        if (installed("python3")) {
            assertThat(told.lines()).anyMatch(l -> l.matches("jobs/snake/run.sh:[23]: .*"));
        }
        if (installed("node")) {
            assertThat(told.lines()).contains("jobs/js/run.sh:2: SyntaxError: Unexpected token ';'");
        }
        if (installed("perl")) {
            assertThat(told.lines()).anyMatch(l -> l.startsWith("jobs/pearl/run.sh:2: syntax error"));
        }
        if (installed("ruby")) {
            assertThat(told.lines()).anyMatch(l -> l.startsWith("jobs/gem/run.sh:"));
        }
        assertThat(told.lines()).noneMatch(l -> l.matches("jobs/(other|globs)/run.sh:[0-9]+: [^w].*"));
    }

    @Test
    public void shellcheckIsAskedWhereItIsAndKnowsInputsAndLibraries() {
        assumeTrue("no shellcheck here", installed("shellcheck"));
        suite.file("lib/words.sh", "greeting=hello\n")
                .worker(
                        "shout",
                        ". \"$PROMISE_JOB_DIR/lib/words.sh\"\ntext=$(cat $TEXT)\necho \"$greeting $text\"\n"
                                + "echo $text # promise: ignore",
                        "inputs:",
                        "  TEXT: {}",
                        "files: [lib/words.sh]");

        Told told = check();

        assertThat(told.lines())
                .filteredOn(l -> l.contains("shellcheck"))
                .containsExactly("jobs/shout/run.sh:2: warning: shellcheck SC2086: Double quote to prevent globbing and"
                        + " word splitting.");
        assertThat(told.exit()).isZero();
    }

    @Test
    public void theExamplesAreRight() {
        for (String example : List.of("examples/quote", "examples/qa/suite", "examples/shop")) {
            Told told = Told.by(List.of("check", example));
            assertThat(told.out()).as(example).isEmpty();
            assertThat(told.err()).as(example).endsWith(" jobs, 0 errors, 0 warnings\n");
        }
    }

    @Test
    public void aWorkerThatMustNotBeCalledNeedsNoAnswer() {
        suite.worker("shout", "true", "outputs: { type: object, required: [text] }")
                .file("rehearsals/greet/quiet.yaml", "workers:\n  shout: { count: 0 }\nreport: { status: SUCCESS }\n");

        assertThat(check().lines()).noneMatch(l -> l.contains("cannot answer"));
    }

    private static boolean installed(String program) {
        return Stream.of(System.getenv("PATH").split(":"))
                .anyMatch(folder -> Path.of(folder, program).toFile().canExecute());
    }

    @Test
    public void rehearsalsAreReadWholeAndHeldAgainstTheContracts() {
        suite.worker(
                        "shout",
                        "echo $TEXT $LOUD",
                        "inputs:",
                        "  TEXT: { required: true }",
                        "  LOUD: { type: boolean }",
                        "outputs: { type: object, required: [text] }")
                .file(
                        "rehearsals/greet/a.yaml",
                        "inputs: { NOME: ann }\nworkers:\n  shout:\n    inputs: { TXT: a }\n    data: { txt: A }\n"
                                + "report: { status: SUCCES }\n")
                .file("rehearsals/greet/b.yaml", "inputs: { NAME: ann }\nworkres: {}\nreport: { status: SUCCESS }\n")
                .file("rehearsals/gret/c.yaml", "report: { status: SUCCESS }\n");

        Told told = check();

        assertThat(told.lines())
                .anyMatch(l -> l.startsWith("rehearsals/greet/a.yaml:1: inputs: NAME is required"))
                .anyMatch(l -> l.startsWith("rehearsals/greet/a.yaml:1: inputs: NOME "))
                .contains("rehearsals/greet/a.yaml:4: workers.shout: there is no input 'TXT'; did you mean 'TEXT'?")
                .anyMatch(l -> l.startsWith("rehearsals/greet/a.yaml:3: workers.shout: cannot answer this: "))
                .anyMatch(l -> l.startsWith("rehearsals/greet/a.yaml:6: report.status: must be SUCCESS or FAILURE"))
                .anyMatch(l ->
                        l.startsWith("rehearsals/greet/b.yaml:2: workres") && l.contains("did you mean 'workers'?"))
                .anyMatch(l -> l.startsWith("rehearsals/gret/c.yaml: there is no orchestration 'gret'"));
        assertThat(told.exit()).isEqualTo(1);
    }

    @Test
    public void aSyntaxErrorBringsNoMoreWithIt() {
        suite.orchestration("greet", "worker job: 'shout', inputs: [TEXT: inputs.NAME\n", "inputs:", "  NAME: {}")
                .file("cases/a.yaml", "job: greet\ninputs: { NAME: ann }\n");
        assertThat(check().lines()).hasSize(1).allMatch(l -> l.startsWith("jobs/greet/run.groovy:"));

        suite.orchestration("greet", "worker job: 'shout', inputs: [TEXT: inputs.NAME]", "inputs:", "  NAME: {}")
                .file("jobs/shout/job.yaml", "kind: worker\nscript: [run.sh\n")
                .file("rehearsals/greet/a.yaml", "inputs: { NAME: ann }\nreport: { status: SUCCESS }\n");
        assertThat(check().lines()).hasSize(1).allMatch(l -> l.startsWith("jobs/shout/job.yaml:"));

        suite.file("jobs/greet/job.yaml", "kind: orchestration\nscript: [run.groovy\n");
        assertThat(check().lines()).hasSize(2).allMatch(l -> l.contains("/job.yaml:"));
    }

    @Test
    public void aWarningIsSilencedWhereItIs() {
        suite.worker("idle", "true", "inputs:", "  A: {} # promise: ignore (kept for old callers)", "  B: {}")
                .orchestration(
                        "greet",
                        "worker job: 'shout', inputs: [TEXT: inputs.NAME]\n"
                                + "// promise: ignore, only on Jenkins\n"
                                + "sh 'a'\n"
                                + "sh 'b'",
                        "inputs:",
                        "  NAME: {}");
        assertThat(check().lines())
                .containsExactlyInAnyOrder(
                        "jobs/idle/job.yaml: warning: no orchestration calls this worker by its name",
                        "jobs/idle/job.yaml:5: warning: inputs.B: is used nowhere in run.sh",
                        "jobs/greet/run.groovy:4: warning: sh: is a step of Jenkins, which the local controller does"
                                + " not have; do it in the script of a worker, and call that: worker job: '…'");

        suite.file("jobs/idle/job.yaml", "# promise: ignore\nkind: worker\nscript: run.sh\n");
        assertThat(check().lines()).noneMatch(l -> l.contains("jobs/idle"));
    }

    @Test
    public void programsAndWorkflowsReadItToo() throws Exception {
        suite.orchestration("greet", "sh 'a'\nworker jb: 'shout'");

        JsonNode json = Json.mapper().readTree(check("--format", "json").out());
        assertThat(json.path("errors").asInt()).isEqualTo(1);
        assertThat(json.at("/findings/0/severity").asText()
                        + json.at("/findings/1/severity").asText())
                .contains("warning", "error");
        assertThat(json.at("/findings/0/file").asText()).isEqualTo("jobs/greet/run.groovy");

        Told github = check("--format", "github");
        assertThat(github.lines())
                .contains("::error file=" + suite.root()
                        + "/jobs/greet/run.groovy,line=2::worker: has no argument 'jb'; did"
                        + " you mean 'job'?; known are job, inputs, as, retries, optional, node, label, files");
        assertThat(github.exit()).isEqualTo(1);
        assertThat(check("--format", "xml").exit()).isEqualTo(2);
    }

    @Test
    public void aShellThatGoesOnAfterAFailureIsWarnedOf() {
        suite.file("lib/strict.sh", "set -euo pipefail\n")
                .file("lib/loose.sh", "a=1\n")
                .worker(
                        "shout",
                        "#!/usr/bin/env bash\n# Shouts.\n\nfalse\necho \"$TEXT $LOUD\"",
                        "inputs:",
                        "  TEXT: {}",
                        "  LOUD: {}")
                .worker("plain", "false\ntrue")
                .worker("posix", "#!/bin/sh\nfalse\ntrue")
                .worker("lax", "source \"$PROMISE_JOB_DIR/lib/loose.sh\"\ntrue", "files: [lib/loose.sh]")
                .worker("one", "cat > report.json <<'END'\n{\"status\":\n\"SUCCESS\"}\nEND")
                .worker("long", "true &&\n  true \\\n  a")
                .worker("strict", "set -euo pipefail\nfalse\ntrue")
                .worker("named", "set -u -o errexit\nfalse\ntrue")
                .worker("first", "#!/bin/bash -eu\nfalse\ntrue")
                .worker("lib", "source \"$PROMISE_JOB_DIR/lib/strict.sh\"\nfalse\ntrue", "files: [lib/strict.sh]")
                .worker("elsewhere", ". /etc/work.sh\nfalse\ntrue")
                .worker("meant", "# promise: ignore, each for itself\nfalse\ntrue")
                .worker("apart", "set -u -e\nfalse\ntrue")
                .worker("pipes", "set -o pipefail -o errexit\nfalse\ntrue")
                .worker("both", "set -o pipefail -e\nfalse\ntrue")
                .worker("shopt", "shopt -so errexit\nfalse\ntrue")
                .worker(
                        "minded",
                        "npm ci || exit 1\nnpm test || { echo bad; exit 2; }\nnpm run a ||\n  return\nnpm run b")
                .worker("quoted", "jq -n '{\n  \"a\": 1,\n  # none \"\n  b: 2\n}' > report.json # it's one")
                .worker(
                        "either",
                        "if [ -n \"$A\" ]; then\n  echo done\n  a\nelse\n  case $A in\n    a) b ;;\n  esac\nfi")
                .worker("texts", "PORT=8080\nexport HOST='a b' # there\ncurl \"$HOST:$PORT\"")
                .worker("word", "read -r A <<<word\necho \"$A\"")
                .worker("shift", "A=$((1<<B))\necho \"$A\"")
                .worker("unset", "cat > a <<END\nset -e\nEND\nfalse\ntrue")
                .worker("loose", "false\nnpm test || exit 1")
                .worker("main", "main() {\n  a\n  b\n}\nmain\nb");

        Told told = check();

        String why = ": warning: goes on after a command that failed, and only the last one decides; begin with ";
        String ignore = ", or say that it is meant: # promise: ignore";
        assertThat(told.lines())
                .filteredOn(l -> l.contains("goes on after"))
                .containsExactlyInAnyOrder(
                        "jobs/shout/run.sh:4" + why + "set -euo pipefail" + ignore,
                        "jobs/plain/run.sh:1" + why + "set -euo pipefail" + ignore,
                        "jobs/posix/run.sh:2" + why + "set -eu" + ignore,
                        "jobs/lax/run.sh:1" + why + "set -euo pipefail" + ignore,
                        "jobs/word/run.sh:1" + why + "set -euo pipefail" + ignore,
                        "jobs/shift/run.sh:1" + why + "set -euo pipefail" + ignore,
                        "jobs/unset/run.sh:1" + why + "set -euo pipefail" + ignore,
                        "jobs/loose/run.sh:1" + why + "set -euo pipefail" + ignore,
                        "jobs/main/run.sh:1" + why + "set -euo pipefail" + ignore);
        assertThat(told.exit()).isZero();
    }

    @Test
    public void aWordThatIsNoneOfJsonSchemaIsWarnedOfAndLogsNothing() {
        suite.worker(
                "shout",
                "echo \"$TEXT $LOUD\"",
                "inputs:",
                "  TEXT: {}",
                "  LOUD: {}",
                "outputs:",
                "  type: object",
                "  requred: [text]",
                "  x-owner: ann",
                "  properties:",
                "    requred: { type: string }",
                "    n: { type: integer, minimun: 3 }",
                "    kept: { $ref: '#/kept/a' }",
                "  kept: { a: { frobnicate: 1 } }");
        List<String> logged = new ArrayList<>();
        Handler handler = new StreamHandler() {
            @Override
            public synchronized void publish(LogRecord line) {
                logged.add(line.getMessage());
            }
        };
        Logger.getLogger("").addHandler(handler);

        Told told = check();

        Logger.getLogger("").removeHandler(handler);
        assertThat(logged).noneMatch(line -> line.contains("requred"));

        assertThat(told.lines())
                .filteredOn(l -> l.contains("outputs"))
                .containsExactlyInAnyOrder(
                        "jobs/shout/job.yaml:8: warning: outputs.requred: is no keyword of JSON Schema, and checks"
                                + " nothing; did you mean 'required'?",
                        "jobs/shout/job.yaml:12: warning: outputs.properties.n.minimun: is no keyword of JSON Schema,"
                                + " and checks nothing; did you mean 'minimum'?");
        assertThat(told.exit()).isZero();
    }

    @Test
    public void valuesThatAreOthersThanTheyLookAreWarnedOf() {
        suite.orchestration(
                "greet",
                "def text = 'a'\n"
                        + "def r = phase('say') {\n"
                        + "  worker job: 'shout', as: 'loud', inputs: [TEXT: 'hello ${inputs.NAME}']\n"
                        + "  worker job: 'shout', as: 'low', inputs: [TEXT: env.TEXT, LOUD: env.FAST ? 1 : 0]\n"
                        + "}\n"
                        + "echo 'the ${text} of ${nobody} costs $5, ' + \"${inputs.NAME} ${env.HOME} ${env.NAME}\"\n"
                        + "echo '''\n${params.NAME}'''\n"
                        + "r.more = [data: 1]\n"
                        + "env.MINE = 'a'\n"
                        + "report data: [a: r.wrong.data, b: r['lod'], c: r.low.data, d: r.more, e: r.size(), f: env.MINE]\n"
                        + "def some = phase('some') {\n"
                        + "  if (text) { worker job: 'shout', as: 'may', inputs: [TEXT: 'a'] }\n"
                        + "}\n"
                        + "echo \"${some.may} ${env['NAMES']}\" // promise: ignore\n"
                        + "if (env.FAST == 'true') echo \"n=${env.FAST}\" + env.FAST.toInteger()\n"
                        + "echo env.TARGET ?: 'staging'\n"
                        + "if (env.TARGET && !env.OTHER) echo text.replace('${text}', '1') + '\\${text}'\n"
                        + "echo env.CHOICE == null ? 'a' : 'b'\n"
                        + "if (!env.FAST) echo 'slow'\n"
                        + "def seen = phase('one') { worker job: 'shout', as: 'x', inputs: [TEXT: 'a'] }\n"
                        + "seen += phase('two') { worker job: 'shout', as: 'y', inputs: [TEXT: 'a'] }\n"
                        + "def put = phase('three') { worker job: 'shout', as: 'x', inputs: [TEXT: 'a'] }\n"
                        + "put.putAll(seen)\n"
                        + "def shifted = phase('four') { worker job: 'shout', as: 'x', inputs: [TEXT: 'a'] }\n"
                        + "shifted << seen\n"
                        + "report data: [a: seen.y.data, b: put.y, c: shifted.y]",
                "inputs:",
                "  NAME: { required: true }",
                "  FAST: { type: boolean }");

        Told told = check();

        String file = "jobs/greet/run.groovy:";
        String quotes = " stands in single quotes, where it is these letters and no value; write \"…\" for '…'";
        assertThat(told.lines())
                .containsExactlyInAnyOrder(
                        file + "3: warning: ${inputs.NAME}" + quotes,
                        file + "4: warning: env.TEXT is null, unless whoever runs the controller sets it; an input is"
                                + " read as inputs.NAME",
                        file + "4: warning: env.FAST is a text, also 'false' and '0', which are true in Groovy; write"
                                + " inputs.FAST for the boolean",
                        file + "20: warning: env.FAST is a text, also 'false' and '0', which are true in Groovy; write"
                                + " inputs.FAST for the boolean",
                        file + "6: warning: ${text}" + quotes,
                        file + "7: warning: ${params.NAME}" + quotes,
                        file + "11: warning: the phase has no worker 'wrong', so that r.wrong is null; it has loud,"
                                + " low",
                        file + "11: warning: the phase has no worker 'lod', so that r.lod is null; did you mean"
                                + " 'loud'?; it has loud, low");
        assertThat(told.exit()).isZero();
    }
}
