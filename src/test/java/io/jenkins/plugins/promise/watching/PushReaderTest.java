package io.jenkins.plugins.promise.watching;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.promise.contract.Refused;
import java.util.Map;
import org.junit.Test;

/** Which webhooks are believed; over HTTP: WatchedComponentsTest. */
public class PushReaderTest {
    @Test
    public void aSecretThatIsEmptyIsNone() {
        for (String secret : new String[] {null, "", " "}) {
            PushReader reader = new PushReader(secret, "here");
            Map<String, String> gitlab = Map.of("X-Gitlab-Event", "Push Hook", "X-Gitlab-Token", "");
            assertThatThrownBy(() -> reader.admit(gitlab::get))
                    .isInstanceOf(Refused.class)
                    .hasMessageContaining("no secret is set (here)");
            assertThat(reader.secret("")).isFalse();
        }
    }
}
