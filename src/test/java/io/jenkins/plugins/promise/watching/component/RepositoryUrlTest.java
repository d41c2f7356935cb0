package io.jenkins.plugins.promise.watching.component;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.Test;

/** What may be named as a repository, and from where one may be fetched. */
public class RepositoryUrlTest {
    @Test
    public void whatGitTakesIsTaken() {
        for (String url : List.of(
                "https://git.example/shop.git",
                "http://git.example:8443/a/b",
                "https://host_with_underscore/shop.git",
                "ssh://git@git.example:2222/shop.git",
                "ssh://git.example/shop.git",
                "git://git.example/shop.git",
                "git@git.example:shop.git",
                "file:///srv/git/shop.git",
                "/srv/git/shop.git",
                "ssh://git@[fd00::1]:22/shop.git",
                "https://git.example/caf%C3%A9/shop.git",
                "https://git.example/a@b/shop.git")) {
            assertThat(RepositoryUrl.problem(url)).as(url).isEmpty();
        }
    }

    /** Each was accepted, and failed at git, or here. */
    @Test
    public void whatGitDoesNotTakeIsRefused() {
        for (String url : List.of(
                "file:/srv/git/shop.git",
                "file://host/srv/git/shop.git",
                "FILE:///srv/git/shop.git",
                "HTTPS://git.example/shop.git",
                "SSH://git@git.example/shop.git",
                "file:///srv/git/%00",
                "https://git.example/%0a/shop.git",
                "file:///srv/git/%7f")) {
            assertThat(RepositoryUrl.problem(url)).as(url).isPresent();
        }
    }

    /** Git decodes ssh and git URLs before it looks for the end of the host; a URL is of one host for all who read it. */
    @Test
    public void aHostThatGitReadsOtherwiseIsRefused() {
        for (String url : List.of(
                "ssh://evil.example%2f@git.example/repo",
                "git://127.0.0.1:1%2f.git.example/x",
                "ssh://evil.example%2F.git.example/x",
                "https://evil.example%2f.git.example/x",
                "ssh://a@evil.example@git.example/x",
                "ssh://-oProxyCommand=x@git.example/x",
                "https://evil.example\uff0f.git.example/x",
                "ssh://git.example:22;x/y")) {
            assertThat(RepositoryUrl.problem(url)).as(url).isPresent();
        }
    }

    @Test
    public void whatHoldsAPasswordIsRefusedAndNotTold() {
        for (String url : List.of(
                "https://ann:hush@git.example/shop.git",
                "https://hush@git.example/shop.git",
                "HTTPS://hush@git.example/shop.git",
                "https://ann:hush@host_with_underscore/shop.git",
                "https://hush@host_with_underscore/shop.git",
                "https://a@hush@git.example/shop.git",
                "ssh://git:hush@git.example/shop.git",
                "ssh://git%3Ahush@git.example/shop.git",
                "ssh://git:hush@host_with_underscore/shop.git",
                "git://hush@git.example/shop.git",
                "git:hush@git.example/shop.git",
                "https:hush@git.example/shop.git")) {
            assertThat(RepositoryUrl.problem(url).orElseThrow(() -> new AssertionError(url)))
                    .as(url)
                    .doesNotContain("hush");
        }
        assertThat(RepositoryUrl.problem("https://git.example/shop.git?private_token=hush"))
                .contains("must hold no ?private_token: git's credential helper gives passwords on the machine");
        assertThat(RepositoryUrl.problem("https://git.example/shop.git?hush")).isPresent();
        assertThat(RepositoryUrl.problem("https://git.example/shop.git#hush"))
                .contains("must hold no #, which git does not understand");
    }

    @Test
    public void whatABuildServerHasClonedItWithIsLeftOut() {
        assertThat(RepositoryUrl.withoutPassword("https://ci-token:hush@git.example/shop.git"))
                .isEqualTo("https://git.example/shop.git");
        assertThat(RepositoryUrl.withoutPassword("HTTPS://a@hush@git_x.example:8443/a@b"))
                .isEqualTo("HTTPS://git_x.example:8443/a@b");
        for (String url : List.of("git@git.example:shop.git", "ssh://git@git.example/a", "/srv/a@b", "https://g/a@b")) {
            assertThat(RepositoryUrl.withoutPassword(url)).isEqualTo(url);
        }
    }

    @Test
    public void onlyWhatIsAllowedMayBeFetched() {
        RepositoryPolicy policy =
                new RepositoryPolicy(List.of("Git.example", "*.corp.example", "10.1.2.3", "fd00::1", "/srv/git/"));
        for (String url : List.of(
                "https://git.example/shop.git",
                "https://GIT.EXAMPLE.:8443/shop.git",
                "git@git.example:shop.git",
                "ssh://git@git.example:22/shop.git",
                "https://a.b.corp.example/shop.git",
                "http://10.1.2.3/shop.git",
                "http://[fd00::1]:80/shop.git",
                "/srv/git/shop.git",
                "file:///srv/git/a/../shop.git")) {
            assertThat(policy.refusal(url)).as(url).isEmpty();
        }
        for (String url : List.of(
                "https://git.example.org/shop.git",
                "https://corp.example/shop.git",
                "https://evilcorp.example/shop.git",
                "git@other.example:git.example/shop.git",
                "http://10.1.2.4/shop.git",
                "/srv/gitolite/shop.git",
                "/srv/git/../other/shop.git",
                "file:///srv/git/%2e%2e/other",
                "FILE:///etc")) {
            assertThat(policy.refusal(url)).as(url).isPresent();
            assertThat(RepositoryPolicy.ANY.refusal(url)).as(url).isEmpty();
        }
        assertThat(policy.refusal("https://other.example/shop.git"))
                .contains("has the host other.example, which is not among the allowed repositories");
        for (String bad : List.of("https://git.example", "10.0.0.0/8", "a b", "*", "git@git.example")) {
            assertThatThrownBy(() -> new RepositoryPolicy(List.of(bad)))
                    .as(bad)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("'" + bad + "' is no place of repositories");
        }
    }
}
