package io.jenkins.plugins.promise.jenkins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.Assume.assumeTrue;

import hudson.model.User;
import io.jenkins.plugins.promise.testing.DocumentedOutput;
import io.jenkins.plugins.promise.testing.DocumentedPage;
import io.jenkins.plugins.promise.testing.DocumentedPage.Command;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import jenkins.model.Jenkins;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;

/** What docs/jenkins.md has people type, with the packaged command line and a real Jenkins. */
public final class DocumentedTest {
    private static final Path JAR = Path.of(System.getProperty("promise.jar", "target/promise.jar"));
    private static final String BETWEEN = "--next-command--";

    @Rule
    public final JenkinsRule jenkins = new JenkinsRule();

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    @Test
    public void commandsPrintWhatThePageSays() throws Exception {
        assumeTrue(JAR + " is not there; mvn package makes it", Files.exists(JAR));
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.ADMINISTER)
                .everywhere()
                .to("ann"));
        // What is submitted needs no builds to be accepted.
        jenkins.jenkins.setNumExecutors(0);
        WatchFixture.watch(null);
        List<Command> commands = new DocumentedPage(Path.of("docs/jenkins.md")).runBy(DocumentedTest.class);

        List<String> printed = typed(commands);

        for (int i = 0; i < commands.size(); i++) {
            assertThat(DocumentedOutput.fits(ours(commands.get(i).output()), printed.get(i)))
                    .as("$ %s\nprinted\n%s", commands.get(i).text(), printed.get(i))
                    .isTrue();
        }
    }

    /** What each printed, in a shell in a clean clone with the example. */
    private List<String> typed(List<Command> commands) throws Exception {
        StringBuilder script = new StringBuilder("promise() { java -jar '" + JAR.toAbsolutePath() + "' \"$@\"; }\n"
                + "mkdir examples && cp -r '" + Path.of("examples/quote").toAbsolutePath() + "' examples/\n"
                + "cp -r '" + Path.of("examples/shop").toAbsolutePath() + "' examples/\n"
                + "{ git init && git add -A && git -c user.name=ann -c user.email=ann@example.org commit -m first; }"
                + " > /dev/null 2>&1\n");
        for (Command command : commands) {
            script.append(ours(command.text()).replace("11a9…", jenkins.createApiToken(User.getById("ann", true))))
                    .append("\necho; echo ")
                    .append(BETWEEN)
                    .append('\n');
        }
        Path file = folder.newFile("typed.sh").toPath();
        Files.writeString(file, script);
        Process shell = new ProcessBuilder("bash", file.toString())
                .directory(folder.newFolder())
                .redirectErrorStream(true)
                .start();
        shell.getOutputStream().close();
        String all = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(shell.waitFor()).as(all).isZero();
        List<String> printed = List.of(all.split("\n" + BETWEEN + "\n", -1));
        assertThat(printed).as(all).hasSize(commands.size() + 1);
        return printed;
    }

    private String ours(String text) throws IOException {
        String url = jenkins.getURL().toString();
        return text.replace("https://ci.example", url.substring(0, url.length() - 1))
                .replace("3f1c…", "'" + WatchFixture.SECRET + "'")
                .replace("f3b0…", PromiseFixture.TOKEN);
    }
}
