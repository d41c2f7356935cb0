package io.jenkins.plugins.promise.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.promise.testing.SuiteFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** What {@code promise component check} knows of the scripts that stand in component files. */
public class ComponentCheckCommandTest {
    @Rule
    public TemporaryFolder folder = new TemporaryFolder();

    private Path root;
    private SuiteFolder files;

    @Before
    public void make() throws IOException {
        root = folder.newFolder().toPath();
        files = new SuiteFolder(root).file("environments.yaml", "test: { integration: true }\n");
    }

    private void component(String... steps) {
        files.file(
                "web/component.yaml",
                "component: web\nrepository: https://git.example/shop.git\n" + String.join("\n", steps)
                        + "\nenvironments:\n  test: { FOLDER: /tmp/a }\n");
    }

    private Told check() {
        return Told.by(List.of("component", "check", root.toString()));
    }

    @Test
    public void aStepThatIsNoBashIsToldWithItsLine() {
        component("build: |", "  true", "  if true; then", "    make", "test: make )", "release: cp a ${FOLDER}");

        Told told = check();

        assertThat(told.lines())
                .anyMatch(l -> l.matches("web/component.yaml:[67]: build: is no bash that parses: syntax error:.*"))
                .anyMatch(l -> l.startsWith("web/component.yaml:7: test: is no bash that parses: syntax error near"))
                .hasSize(2);
        assertThat(told.err()).endsWith("1 component, 1 environment, 2 errors, 0 warnings\n");
        assertThat(told.exit()).isEqualTo(1);
    }

    @Test
    public void theCheckOfTheSuiteThatIsMadeOfThemTellsItToo() {
        component("test: make )", "release: cp a ${FOLDER}");

        Told told = Told.by(List.of("check", "--components", root.toString()));

        assertThat(told.lines())
                .contains("web/component.yaml:3: test: is no bash that parses: syntax error near unexpected token `)'");
        assertThat(told.exit()).isEqualTo(1);
    }

    @Test
    public void aVariableThatNothingSetsIsWarnedOfWhereItStands() {
        component(
                "build: |",
                "  # nothing of ${NOWHERE} here",
                "  target=out; for part in a b; do read -r LINE; echo \"$target $part $LINE $1 $# $$\"; done",
                "  echo '${LITERAL}' \"\\$ESCAPED\" \"$(awk '{ print $NF }' a)\" ${MAYBE:-no} ${SAID:?} ${HOME} $PWD",
                "  echo \"${GIT_HSAH}\" 'it''s' \"$(basename \"$WHERE\")\" ${#LONG}",
                "test: . ./words.sh && echo $ANYTHING",
                "release: cp a ${FOLDR}/$GIT_HASH ${FOLDER%/}");

        Told told = check();

        String machine = ":-}, or that its machine has it: # promise: ignore";
        String way = ", or say what stands for it, as in ${";
        assertThat(told.lines())
                .containsExactlyInAnyOrder(
                        "web/component.yaml:7: warning: build: uses GIT_HSAH, which nothing here sets; did you mean"
                                + " 'GIT_HASH'?; set it in the script" + way + "GIT_HSAH" + machine,
                        "web/component.yaml:7: warning: build: uses WHERE, which nothing here sets; set it in the script"
                                + way + "WHERE" + machine,
                        "web/component.yaml:7: warning: build: uses LONG, which nothing here sets; set it in the script"
                                + way + "LONG" + machine,
                        "web/component.yaml:9: warning: release: uses FOLDR, which nothing here sets; did you mean"
                                + " 'FOLDER'?; set it under environments or in the script" + way + "FOLDR" + machine);
        assertThat(told.exit()).isZero();
    }

    @Test
    public void whatTheScriptItselfKnowsAndWhatItsMachineHasIsNoMistake() {
        component(
                "build: |",
                "  : \"${PORT:=8080}\"; curl localhost:$PORT",
                "  if [ -n \"${TOKEN:-}\" ]; then use \"$TOKEN\"; fi",
                "  docker build ${CACHE:+--cache-from \"$CACHE\"} .",
                "  : \"${KEY:?must be set}\"; curl -H \"$KEY\" a",
                "  cat <<END",
                "  it's a 'text' of \"",
                "  END",
                "  cat <<'END'",
                "  $NOTHING of this",
                "  END",
                "  echo \"$EXECUTOR_NUMBER $WORKSPACE_TMP $BRANCH_NAME $CHANGE_ID $TAG_NAME $STAGE_NAME\"",
                "  echo \"$GOPATH $KUBECONFIG $DISPLAY $http_proxy $AWS_REGION\"",
                "  echo \"$GIVEN\" # promise: ignore, serve --env",
                "  cat <<< \"$X\"",
                "  shopt -s extglob",
                "  rm -rf !(keep)",
                "test: 'true'",
                "release: cp a ${FOLDER}");

        assertThat(check().lines())
                .containsExactly(
                        "web/component.yaml:17: warning: build: uses X, which nothing here sets; set it in the"
                                + " script, or say what stands for it, as in ${X:-}, or that its machine has it: # promise: ignore");
        assertThat(check().err()).endsWith("1 component, 1 environment, 0 errors, 1 warning\n");
        assertThat(Told.by(List.of("check", "--components", root.toString())).out() + "")
                .doesNotContain("GIVEN");
    }

    @Test
    public void theExampleIsRight() {
        Told told = Told.by(List.of("component", "check", "examples/shop"));

        assertThat(told.out()).isEmpty();
        assertThat(told.exit()).isZero();
    }
}
