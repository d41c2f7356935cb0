package io.jenkins.plugins.promise.contract.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.Test;

public class FilePatternTest {
    private static void assertMeans(String pattern, List<String> these, List<String> notThese) {
        FilePattern made = FilePattern.of(pattern);
        assertThat(these).as(pattern).allMatch(made::matches);
        assertThat(notThese).as(pattern).noneMatch(made::matches);
    }

    @Test
    public void patternsMeanWhatGitMeansByThem() {
        assertMeans("build/**", List.of("build/a", "build/a/b.txt"), List.of("build", "other/build/a", "buildx/a"));
        assertMeans("**/*.xml", List.of("a.xml", "x/y/a.xml"), List.of("a.xmlx", "a.xml/b"));
        assertMeans("*.jar", List.of("a.jar"), List.of("x/a.jar"));
        assertMeans("a/?.[ch]", List.of("a/x.c", "a/y.h"), List.of("a/xx.c", "a/x.d", "a//.c"));
        assertMeans("v[!0-9]", List.of("va"), List.of("v1", "v/"));
        assertMeans("a[^]", List.of("a^"), List.of("ab"));
    }

    @Test
    public void aNameWithoutPatternIsAFileOrAFolderWithAllInIt() {
        assertMeans("dist", List.of("dist", "dist/a", "dist/a/b"), List.of("distx", "x/dist"));
        assertMeans("dist/", List.of("dist/a"), List.of("x"));
        assertMeans("a+b(1).txt", List.of("a+b(1).txt"), List.of("aab1.txt"));
    }

    @Test
    public void whatLeadsOutOfTheWorkspaceOrIsNoPatternIsRefused() {
        assertThat(List.of(" ", "/etc/passwd", "../x", "a/../b", "./a", "a//b", "!a", "a\\b", "{a,b}", "a[b", "a\nb"))
                .allMatch(text -> FilePattern.problem(text).isPresent());
        assertThat(FilePattern.problem("a".repeat(501))).isPresent();
        assertThat(FilePattern.problem("build/**")).isEmpty();
    }

    @Test
    public void theSearchBeginsAsDeepAsThePatternSays() {
        assertThat(List.of("build/**", "a/b/*.x", "*.x", "dist", "a/b*/c"))
                .extracting(p -> FilePattern.of(p).folder())
                .containsExactly("build", "a/b", "", "dist", "a");
    }
}
