package io.jenkins.plugins.promise.jenkins;

import java.nio.file.Path;
import org.junit.Rule;
import org.junit.Test;
import org.jvnet.hudson.test.JenkinsSessionRule;

/** What this build stores, it reads again. */
public final class StoringHomeTest {
    /** {@code -Dstored=src/it/resources/io/jenkins/plugins/promise/jenkins/StoredHomeTest} keeps it for later builds. */
    private static final Path STORED = Path.of(System.getProperty("stored", "target/stored"));

    @Rule
    public final JenkinsSessionRule sessions = new JenkinsSessionRule();

    @Test
    public void whatIsStoredNowIsRead() throws Throwable {
        sessions.then(jenkins -> new StoredHome(jenkins).make());
        StoredHome.keep(sessions.getHome().toPath(), STORED.resolve("version1.zip"));
        sessions.then(jenkins -> new StoredHome(jenkins).isRead());
    }
}
