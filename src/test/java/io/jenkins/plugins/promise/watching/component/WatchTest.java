package io.jenkins.plugins.promise.watching.component;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.eclipse.jgit.ignore.FastIgnoreRule;
import org.junit.Test;

/** Which files a pattern means: the same as another implementation of git's patterns says. */
public class WatchTest {
    private static final int TRIES = 20_000;
    private static final List<String> NAMES = List.of("a", "b", "ab", "abc", "a.c", "c+", "$");
    private static final List<String> PARTS =
            List.of("a", "b", "ab", "*", "**", "?", "a*", "*c", "[ab]", "[!a]", "[a-c]*", "a.c", "c+", "a**", "$");

    private final Random random = new Random(7);

    private String path(List<String> parts, int most) {
        StringBuilder path = new StringBuilder(parts.get(random.nextInt(parts.size())));
        for (int i = random.nextInt(most); i > 0; i--) {
            path.append('/').append(parts.get(random.nextInt(parts.size())));
        }
        return path.toString();
    }

    @Test
    public void patternsMeanWhatGitMeans() {
        int meant = 0;
        for (int i = 0; i < TRIES; i++) {
            String pattern = path(PARTS, 4);
            String file = path(NAMES, 4);
            Watch watch = Watch.of(pattern);
            if (watch.literal()) {
                continue;
            }
            boolean git = new FastIgnoreRule("/" + pattern).isMatch(file, false, true);
            assertThat(watch.matching().matches(file))
                    .as("%s means %s", pattern, file)
                    .isEqualTo(git);
            meant += git ? 1 : 0;
        }
        assertThat(meant).isGreaterThan(TRIES / 100);
    }

    @Test
    public void whatIsNoPatternIsToldAsSuch() {
        assertThat(Watch.problem("src/[z-a].c"))
                .hasValueSatisfying(p -> assertThat(p).contains("a first and a last one"));
        assertThat(Watch.problem("src/[a.c"))
                .hasValueSatisfying(p -> assertThat(p).contains("not closed"));
        assertThat(Watch.problem("src/[^a]/**")).isEmpty();
    }
}
