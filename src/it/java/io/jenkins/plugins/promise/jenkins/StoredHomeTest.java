package io.jenkins.plugins.promise.jenkins;

import org.junit.Rule;
import org.junit.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.recipes.LocalData;

/**
 * What earlier builds of the plugin have stored is read, and goes on: class names and fields of what is in jobs, builds, the
 * queue, programs and the ledger stay as they were. {@link StoringHomeTest} makes such a home; those that are here stay.
 */
public final class StoredHomeTest {
    @Rule
    public final JenkinsRule jenkins = new JenkinsRule();

    @Test
    @LocalData
    public void version1() throws Exception {
        new StoredHome(jenkins).isRead();
    }
}
