package io.jenkins.plugins.promise.jenkins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import hudson.util.FormValidation;
import hudson.util.Secret;
import io.jenkins.plugins.promise.callback.signature.SigningKey;
import io.jenkins.plugins.promise.jenkins.config.PromiseConfiguration;
import io.jenkins.plugins.promise.jenkins.config.WatchConfiguration;
import io.jenkins.plugins.promise.watching.component.RepositoryPolicy;
import java.time.Duration;
import java.util.List;
import org.jenkinsci.plugins.plaincredentials.impl.StringCredentialsImpl;
import org.junit.Rule;
import org.junit.Test;
import org.jvnet.hudson.test.JenkinsRule;

/** What an administrator decides. */
public final class ConfigurationTest {
    @Rule
    public final JenkinsRule jenkins = new JenkinsRule();

    @Test
    public void formKeepsEverything() throws Exception {
        PromiseConfiguration configuration = PromiseConfiguration.get();
        configuration.setReceivers("platform.example\n*.internal.example");
        configuration.setLoopbackAllowed(true);
        configuration.setSigningCredentials("first second");
        configuration.setDeadline("2h");
        configuration.setRetention("7d");
        configuration.setRetryDelays("1s 1m");
        configuration.setGiveUpAfter("1d");
        jenkins.configRoundtrip();
        assertThat(configuration.getReceivers()).contains("platform.example", "*.internal.example");
        assertThat(configuration.isLoopbackAllowed()).isTrue();
        assertThat(configuration.getSigningCredentials()).isEqualTo("first second");
        assertThat(configuration.settings().deadline()).isEqualTo(Duration.ofHours(2));
        assertThat(configuration.settings().retention()).isEqualTo(Duration.ofDays(7));
        assertThat(configuration.schedule().delays()).containsExactly(Duration.ofSeconds(1), Duration.ofMinutes(1));
        assertThat(configuration.schedule().giveUpAfter()).isEqualTo(Duration.ofDays(1));
    }

    @Test
    public void formKeepsWhatIsWatched() throws Exception {
        WatchFixture.watch("5m");
        WatchConfiguration configuration = WatchConfiguration.get();
        configuration.setRepositories("git.example\n/srv/git");
        jenkins.configRoundtrip();
        RepositoryPolicy named = new RepositoryPolicy(List.of("git.example", "/srv/git"));
        assertThat(configuration.settings())
                .isEqualTo(new WatchConfiguration.Settings(true, Duration.ofMinutes(5), named));
        assertThat(configuration.doCheckRepositories("10.0.0.0/8").kind).isEqualTo(FormValidation.Kind.ERROR);
        assertThat(configuration.doCheckRepositories("").kind).isEqualTo(FormValidation.Kind.OK);
        assertThat(configuration.secret().map(Secret::getPlainText)).contains(WatchFixture.SECRET);
        assertThat(configuration.doCheckSecretCredentialsId("hook").kind).isEqualTo(FormValidation.Kind.OK);
        assertThat(configuration.doCheckSecretCredentialsId("none").kind).isEqualTo(FormValidation.Kind.ERROR);
        assertThat(configuration.doCheckSecretCredentialsId("").kind).isEqualTo(FormValidation.Kind.WARNING);
        assertThat(configuration.doCheckPoll("often").kind).isEqualTo(FormValidation.Kind.ERROR);
        assertThat(configuration.doCheckPoll("").kind).isEqualTo(FormValidation.Kind.OK);
        configuration.setPoll(" ");
        configuration.setWatched(false);
        configuration.setRepositories(" ");
        jenkins.configRoundtrip();
        assertThat(configuration.settings())
                .isEqualTo(new WatchConfiguration.Settings(false, null, RepositoryPolicy.ANY));
    }

    @Test
    public void wrongTimesAreRefusedWhereverTheyComeFrom() {
        PromiseConfiguration configuration = PromiseConfiguration.get();
        assertThatThrownBy(() -> configuration.setDeadline("soon")).hasMessageContaining("'soon'");
        assertThat(configuration.doCheckDeadline("soon").kind).isEqualTo(FormValidation.Kind.ERROR);
        assertThat(configuration.doCheckRetryDelays("1s 2x").kind).isEqualTo(FormValidation.Kind.ERROR);
        assertThat(configuration.doCheckRetryDelays("1s 2m").kind).isEqualTo(FormValidation.Kind.OK);
    }

    @Test
    public void reportsAreSignedWithTheChosenCredentialsOrTheGeneratedKey() throws Exception {
        PromiseConfiguration configuration = PromiseConfiguration.get();
        assertThat(configuration.keys()).hasSize(1);
        String key = SigningKey.generate().text();
        SystemCredentialsProvider.getInstance()
                .getCredentials()
                .add(new StringCredentialsImpl(CredentialsScope.GLOBAL, "signing", "", Secret.fromString(key)));
        assertThat(configuration.doCheckSigningCredentials("signing").kind).isEqualTo(FormValidation.Kind.OK);
        assertThat(configuration.doCheckSigningCredentials("nope").kind).isEqualTo(FormValidation.Kind.ERROR);
        configuration.setSigningCredentials("signing");
        assertThat(configuration.keys()).extracting(SigningKey::text).containsExactly(key);
    }
}
