package io.jenkins.plugins.promise.local.watching;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.promise.contract.json.Json;
import io.jenkins.plugins.promise.ledger.Ledger;
import io.jenkins.plugins.promise.ledger.controllers.ControllerIdentity;
import io.jenkins.plugins.promise.ledger.database.LedgerLocation;
import io.jenkins.plugins.promise.local.home.Home;
import io.jenkins.plugins.promise.testing.Eventually;
import io.jenkins.plugins.promise.testing.Postgres;
import io.jenkins.plugins.promise.testing.Whole;
import io.jenkins.plugins.promise.watching.component.RepositoryPolicy;
import io.jenkins.plugins.promise.watching.component.WatchedComponent;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.Rule;
import org.junit.Test;
import org.junit.experimental.categories.Category;

/** Watched components where something goes wrong, or somebody does what they should not. */
public class WatchedTroubleTest {
    @Rule
    public final WatchedShop shop = new WatchedShop();

    private static WatchedComponent at(WatchedComponent one, String name, String repository) {
        List<String> job = List.of(name + "-build-test");
        return new WatchedComponent(name, repository, "main", one.watch(), List.of(), job, job, one.phases());
    }

    private void build(String component, String commit) throws Exception {
        String id = shop.http()
                .form("/promises/submit/" + component + "-build-test", Map.of("GIT_HASH", commit))
                .json()
                .path("id")
                .asText();
        assertThat(shop.http().settled(id, WatchedShop.PATIENCE).path("state").asText())
                .isEqualTo("FULFILLED");
    }

    /** Whoever may build a job gives it any commit. */
    @Test
    public void onlyACommitOfTheBranchThatIsNotBeforeWhatHasPassedIsTakenForPassed() throws Exception {
        String first = shop.passed();
        shop.git().checkout().setCreateBranch(true).setName("other").call();
        shop.write("web/b.txt", "other");
        String other = shop.commit();
        shop.git().checkout().setName("main").call();
        shop.write("web/a.txt", "2");
        String second = shop.commit();
        shop.pushed("main");
        shop.awaitPassed("web", second);

        build("web", other);
        build("web", first);

        shop.write("api/a.txt", "2");
        String third = shop.commit();
        shop.pushed("main");
        shop.awaitPassed("api", third);
        assertThat(shop.component("web").path("passed").asText()).isEqualTo(second);
        assertThat(shop.component("web").path("started").asText()).isEqualTo(second);
        // What somebody builds by hand of the branch counts.
        build("web", third);
        shop.awaitPassed("web", third);
    }

    @Test
    @Category(Whole.class)
    public void whatCannotBeReachedIsLookedAtAgainThoughNobodyTellsItAgain() throws Exception {
        shop.passed();
        shop.write("web/a.txt", "2");
        String after = shop.commit();
        Files.move(shop.source().resolve(".git"), shop.source().resolve("gone"));
        shop.pushed("main");
        shop.awaitTold("cannot be looked at: git ls-remote of ");

        Files.move(shop.source().resolve("gone"), shop.source().resolve(".git"));

        shop.awaitPassed("web", after);
    }

    @Test
    public void aRepositoryThatHangsHoldsUpNoOtherAndLeavesNoProcess() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            List<WatchedComponent> watched = new ArrayList<>(shop.components());
            String url = "http://127.0.0.1:" + silent.getLocalPort() + "/shop.git";
            watched.add(at(watched.get(0), "a-slow-one", url));
            shop.start(watched, WatchedShop.TOLD);
            try (Socket asked = silent.accept()) {
                shop.awaitPassed("web", shop.head());
                shop.write("web/a.txt", "2");
                String after = shop.commit();
                shop.pushed("main");
                shop.awaitPassed("web", after);
                assertThat(askingFor(url)).isNotEmpty();

                shop.stop();

                Eventually.until("no process is left", WatchedShop.PATIENCE, () -> askingFor(url)
                        .isEmpty());
                assertThat(asked.isConnected()).isTrue();
            }
        }
    }

    /** Also those that have no parent any more. */
    private static List<String> askingFor(String url) {
        return ProcessHandle.allProcesses()
                .flatMap(p -> p.info().commandLine().stream())
                .filter(c -> c.contains(url))
                .toList();
    }

    private Path cloned() throws Exception {
        try (Stream<Path> clones = Files.list(Home.open(shop.home()).clones())) {
            return clones.findFirst().orElseThrow();
        }
    }

    private static void damage(String how, Path clone) throws Exception {
        switch (how) {
            case "a lock" -> {
                for (Path ref : files(clone.resolve("refs"))) {
                    Files.createFile(ref.resolveSibling(ref.getFileName() + ".lock"));
                }
                Files.createFile(clone.resolve("packed-refs.lock"));
            }
            case "no HEAD" -> Files.writeString(clone.resolve("HEAD"), "");
            case "no objects" -> {
                for (Path object : files(clone.resolve("objects"))) {
                    Files.delete(object);
                }
            }
            case "bad configuration" -> Files.writeString(clone.resolve("config"), "[core");
            default -> throw new IllegalArgumentException(how);
        }
    }

    private static List<Path> files(Path folder) throws Exception {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile).toList();
        }
    }

    @Test
    public void aDamagedCloneIsMadeAnew() throws Exception {
        shop.passed();
        int number = 2;
        for (String how : List.of("a lock", "no HEAD", "no objects", "bad configuration")) {
            damage(how, cloned());
            shop.write("web/a.txt", Integer.toString(number));
            String after = shop.commit();

            shop.pushed("main");

            Eventually.until(
                    how,
                    WatchedShop.PATIENCE,
                    () -> shop.component("web").path("passed").asText().equals(after));
            assertThat(shop.builds("web")).as(how).isEqualTo(number);
            number++;
        }
    }

    /** Nothing has to be fetched then, but what has passed is compared. */
    @Test
    @Category(Whole.class)
    public void aCloneThatLacksWhatHasPassedIsMadeAnew() throws Exception {
        String first = shop.passed();
        shop.write("web/a.txt", "2");
        String second = shop.commit();
        shop.pushed("main");
        shop.awaitPassed("web", second);
        String object = first.substring(0, 2) + "/" + first.substring(2);
        Files.delete(cloned().resolve("objects/" + object));
        shop.write("api/a.txt", "2");
        String third = shop.commit();

        shop.pushed("main");

        shop.awaitPassed("api", third);
    }

    @Test
    @Category(Whole.class)
    public void theCloneOfWhatIsNotWatchedAnyLongerGoes() throws Exception {
        shop.passed();
        assertThat(cloned()).exists();

        assertThat(shop.http().put("/promises/components?suite=shop", "[]").body())
                .contains("\"watched\":true");

        Path clones = Home.open(shop.home()).clones();
        Eventually.until("it is gone", WatchedShop.PATIENCE, () -> {
            try (Stream<Path> left = Files.list(clones)) {
                return left.findAny().isEmpty();
            }
        });
    }

    @Test
    @Category(Whole.class)
    public void aCommitThatFailedIsNotBuiltAgainWhenItsPromiseIsNotKeptAnyMore() throws Exception {
        shop.passed();
        shop.write("web/broken", "");
        String broken = shop.commit();
        shop.pushed("main");
        shop.awaitTold("web at " + broken.substring(0, 7));
        String failed = shop.component("web").path("promise").asText();
        shop.http().settled(failed, WatchedShop.PATIENCE);
        shop.stop();
        Clock later = Clock.offset(Clock.systemUTC(), Duration.ofDays(1));
        try (Ledger ledger = Ledger.open(
                new LedgerLocation.Embedded(Home.open(shop.home()).ledger()),
                ControllerIdentity.begin("home", "http://here.example"),
                later)) {
            assertThat(ledger.drop(Duration.ofMinutes(1), later)).contains(failed);
        }

        shop.start(WatchedShop.TOLD);

        shop.awaitTold("web at " + broken.substring(0, 7) + ": was started as " + failed);
        assertThat(shop.builds("web")).isZero();
    }

    @Test
    public void onlyWhatIsAllowedIsFetchedAndDeclared() throws Exception {
        RepositoryPolicy policy = new RepositoryPolicy(List.of("git.example"));
        shop.start(new WatchSettings(WatchedShop.SECRET, null, policy));

        shop.awaitTold("cannot be looked at: the repository " + shop.source() + " is in the folder " + shop.source()
                + ", which is not among the allowed repositories");
        assertThat(shop.builds("web")).isZero();
        String declared = Json.mapper().writeValueAsString(shop.components());
        assertThat(shop.http().put("/promises/components?suite=shop", declared).body())
                .contains("repository is in the folder " + shop.source());
    }

    @Test
    @Category(Whole.class)
    public void aComponentOfAnotherSuiteIsTakenOverOnlyOnRequest() throws Exception {
        shop.passed();
        String declared = Json.mapper().writeValueAsString(shop.components().subList(0, 1));

        assertThat(shop.http()
                        .put("/promises/components?suite=others", declared)
                        .status())
                .isEqualTo(409);
        assertThat(shop.http()
                        .put("/promises/components?suite=others&takeOver=true", declared)
                        .status())
                .isEqualTo(200);
    }

    @Test
    @Category(Whole.class)
    public void twoControllersOfOneLedgerStartACommitOnce() throws Exception {
        LedgerLocation ledger = Postgres.ofThisProcess().newLocation();
        WatchSettings often = new WatchSettings(WatchedShop.SECRET, Duration.ofMillis(100), RepositoryPolicy.ANY);
        for (int i = 0; i < 2; i++) {
            shop.sharing(ledger).watch("shop", shop.components(), false, often);
        }
        shop.awaitPassed("web", shop.head());
        for (int number = 2; number <= 4; number++) {
            shop.write("web/a.txt", Integer.toString(number));
            shop.awaitPassed("web", shop.commit());
        }

        assertThat(shop.builds("web")).isEqualTo(4);
        assertThat(shop.builds("api")).isEqualTo(1);
    }
}
