package io.jenkins.plugins.promise.local.console;

import io.jenkins.plugins.promise.testing.Http;
import io.jenkins.plugins.promise.testing.SuiteFolder;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A suite that has something to show on every page, and what tests read of a page. */
final class ConsoleSuite {
    static final String[] PAGE = {"Accept", "text/html,application/xhtml+xml"};

    private static final Pattern FORM_TOKEN = Pattern.compile("name=\"console-form\" value=\"([^\"]+)\"");

    private ConsoleSuite() {}

    static SuiteFolder in(Path folder) {
        return new SuiteFolder(folder)
                .worker(
                        "greet",
                        "echo \"hello $NAME\"; echo '{\"status\":\"SUCCESS\",\"data\":{\"greeted\":true}}' > report.json",
                        "about: Greets somebody.",
                        "deadline: 30m",
                        "concurrency: 2",
                        "token: ${GREET_TOKEN}",
                        "inputs:",
                        "  NAME: { required: true, type: string, about: Whom to greet., pattern: '[A-Za-z <>&/]+' }",
                        "  TIMES: { type: integer, default: 1 }",
                        "  LETTER: { type: text }",
                        "  LOUD: { type: boolean }",
                        "  TONE: { type: choice, choices: [warm, cold] }",
                        "  PASSWORD: { type: secret }",
                        "  REPORT_URL: { type: callback, receives: report }")
                .worker(
                        "wait",
                        "echo waiting; while [ ! -e \"$GO\" ]; do sleep 0.1; done; echo gone on; echo"
                                + " '{\"status\":\"SUCCESS\"}' > report.json",
                        "inputs:",
                        "  GO: { type: string, required: true }")
                .worker("break", "echo 'the lid is off' >&2; exit 3", "token: ${BREAK_TOKEN}")
                .orchestration(
                        "tour",
                        "phase('greetings') {\n"
                                + "  worker job: 'greet', inputs: [NAME: 'Ann'], as: 'ann'\n"
                                + "  worker job: 'greet', inputs: [NAME: 'Bob'], as: 'bob'\n"
                                + "}\n"
                                + "phase('pause') { worker job: 'wait', inputs: [GO: inputs.GO] }\n"
                                + "report data: [done: true]",
                        "about: Greets two people, and waits until it may go on.",
                        "inputs:",
                        "  GO: { type: string, required: true }",
                        "  REPORT_URL: { type: callback, receives: report }");
    }

    /** What the forms of a page hold. */
    static String formToken(Http.Answer page) {
        Matcher found = FORM_TOKEN.matcher(page.body());
        if (!found.find()) {
            throw new AssertionError("no form: " + page.body());
        }
        return found.group(1);
    }
}
