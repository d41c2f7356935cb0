package io.jenkins.plugins.promise.local.console;

import io.jenkins.plugins.promise.environment.Entry;
import io.jenkins.plugins.promise.environment.EnvironmentRules;
import io.jenkins.plugins.promise.environment.Lease;
import io.jenkins.plugins.promise.environment.LeaseTurn;
import io.jenkins.plugins.promise.environment.World;
import io.jenkins.plugins.promise.environment.book.Book;
import io.jenkins.plugins.promise.environment.book.Works;
import io.jenkins.plugins.promise.environment.work.Plan;
import io.jenkins.plugins.promise.environment.work.Work;
import io.jenkins.plugins.promise.ledger.Ledger;
import io.jenkins.plugins.promise.ledger.controllers.ControllerIdentity;
import io.jenkins.plugins.promise.testing.EmbeddedLedger;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Environments in a home that no controller uses yet: one where something was tested, and one that waits for a person. */
final class TestedEnvironments {
    static final String WEB = "aaaaaaaaaa0123456789";

    static final String BROKEN = "cccccccccc0123456789";

    private static final String API = "bbbbbbbbbb0123456789";
    private static final Plan PLAN = new Plan(
            List.of(List.of("api"), List.of("lib", "tools"), List.of("web")),
            Map.of("web", Set.of("api"), "api", Set.of()),
            Set.of("api", "web"),
            Set.of("api", "lib", "web"));

    private TestedEnvironments() {}

    /** Puts them there; returns the id of the manifest that has passed. */
    static String in(Path home) throws IOException {
        try (Ledger ledger = Ledger.open(
                EmbeddedLedger.in(home.resolve("ledger")),
                ControllerIdentity.begin("home", "http://here.example"),
                Clock.systemUTC())) {
            return fill(new Book(ledger, Clock.systemUTC(), (handle, holder) -> false, Set.of()));
        }
    }

    /** A library was rejected in test, the web page has passed there, the API waits there, and nothing has come to production. */
    private static String fill(Book book) {
        book.environments()
                .declare(List.of(
                        EnvironmentRules.integration("test"),
                        EnvironmentRules.after("production", "test").approved(Duration.ofHours(24))));
        book.candidates().submit("test", Map.of("lib", Entry.of(BROKEN)));
        World world = new World();
        world.breaks((component, there) -> component.equals("lib"));
        test(book, "first", world);
        world.in("test").remove("lib");
        book.candidates().submit("test", Map.of("web", Entry.of(WEB)));
        test(book, "second", world);
        String tested = book.environments().status("test").head().manifest().id();
        book.candidates().submit("test", Map.of("api", Entry.of(API)));
        return tested;
    }

    private static void test(Book book, String tester, World world) {
        Lease lease = ((LeaseTurn.Granted) book.leases().ask("test", tester)).lease();
        Works.Begun at = book.works().integrate(lease, PLAN).orElseThrow();
        while (!(at.work() instanceof Work.Ended)) {
            at = book.works()
                    .told(
                            lease,
                            at.turn(),
                            at.work().acts().stream()
                                    .map(a -> world.does("test", a))
                                    .toList());
        }
        book.leases().giveBack(lease);
    }
}
