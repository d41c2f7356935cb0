package io.jenkins.plugins.promise.local.console.promise;

import io.javalin.Javalin;
import io.javalin.http.Context;
import io.jenkins.plugins.promise.acceptance.Dispatch;
import io.jenkins.plugins.promise.acceptance.Promises;
import io.jenkins.plugins.promise.acceptance.view.ListRequest;
import io.jenkins.plugins.promise.acceptance.view.Stuck;
import io.jenkins.plugins.promise.contract.GivenInputs;
import io.jenkins.plugins.promise.contract.Refused;
import io.jenkins.plugins.promise.deployment.VersionStore;
import io.jenkins.plugins.promise.deployment.bundle.Deployed;
import io.jenkins.plugins.promise.ledger.Ledger;
import io.jenkins.plugins.promise.ledger.PromiseLists;
import io.jenkins.plugins.promise.ledger.promise.Promise;
import io.jenkins.plugins.promise.ledger.promise.PromisePage;
import io.jenkins.plugins.promise.ledger.promise.PromiseQuery;
import io.jenkins.plugins.promise.ledger.promise.PromiseQuery.Which;
import io.jenkins.plugins.promise.ledger.promise.Submitter;
import io.jenkins.plugins.promise.local.console.promise.PromiseList.Asked;
import io.jenkins.plugins.promise.local.console.promise.PromiseList.Count;
import io.jenkins.plugins.promise.local.console.web.Forms;
import io.jenkins.plugins.promise.local.console.web.Pages;
import io.jenkins.plugins.promise.local.http.PromiseAccess;
import io.jenkins.plugins.promise.local.http.Visitor;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The pages of promises, and what is done there. */
public final class PromisePages {
    private static final String PLACE = "promises";
    private static final int STUCK_SHOWN = 100;

    private final Pages pages;
    private final PromiseAccess access;
    private final Promises promises;
    private final Dispatch dispatch;
    private final Ledger ledger;
    private final VersionStore store;
    private final DetailsReader details;

    /** Pages of the promises of a ledger. */
    public PromisePages(
            Pages pages,
            PromiseAccess access,
            Promises promises,
            Dispatch dispatch,
            Ledger ledger,
            VersionStore store) {
        this.pages = pages;
        this.access = access;
        this.promises = promises;
        this.dispatch = dispatch;
        this.ledger = ledger;
        this.store = store;
        this.details = new DetailsReader(ledger, dispatch);
    }

    /** Answers for what is done with promises; where they are shown is theirs who answers programs there. */
    public void routes(Javalin server, Forms forms) {
        server.get("/console/attention", this::attention);
        server.post("/console/promises/{id}/cancel", forms.handler(this::cancel));
        server.post("/console/promises/{id}/redeliver", forms.handler(this::redeliver));
        server.post("/console/promises/{id}/again", forms.handler(this::again));
    }

    /** Shows all promises, or those asked for. */
    public void list(Context context) throws Refused {
        Visitor visitor = pages.visitor(context);
        PromiseQuery query = new ListRequest(name -> parameter(context, visitor, name)).query();
        Asked asked = new Asked(query.which().word(), query.job(), query.words(), query.after());
        PromisePage page = ledger.lists().page(query);
        Instant now = Instant.now();
        PromiseList model = new PromiseList(
                asked,
                counts(asked),
                page.promises().stream()
                        .map(p -> PromiseLine.of(p, dispatch.waitsFor(p), now))
                        .toList(),
                number(ledger.lists().count(query)),
                page.next() == null ? null : asked.after(page.next()),
                visitor.operator() ? attention().count() : null,
                jobs(visitor));
        pages.answer(context, 200, "promises", "Promises", PLACE, model);
    }

    /** What is asked for; whoever has a job's token asks for that job's promises. */
    private static String parameter(Context context, Visitor visitor, String name) {
        String given = context.queryParam(name);
        return switch (name) {
            case "state" -> given == null || given.isEmpty() ? Which.ALL.word() : given;
            case "job" -> visitor.operator()
                    ? given == null || given.isEmpty() ? null : given
                    : visitor.opens(given) ? given : visitor.jobs().get(0);
            case "limit" -> Integer.toString(PromiseList.ON_A_PAGE);
            default -> given;
        };
    }

    private List<Count> counts(Asked asked) {
        List<Count> counts = new ArrayList<>();
        for (Which which : Which.values()) {
            if (!which.sum()) {
                PromiseQuery query = new PromiseQuery(which, false, asked.job(), "", null, 1);
                counts.add(new Count(
                        which.word(),
                        number(ledger.lists().count(query)),
                        "/promises" + asked.of(which.word()),
                        which.word().equals(asked.state())));
            }
        }
        return counts;
    }

    private static String number(int count) {
        return count < PromiseLists.COUNTED ? Integer.toString(count) : PromiseLists.COUNTED + " or more";
    }

    private List<String> jobs(Visitor visitor) {
        return visitor.operator()
                ? store.all().stream().map(Deployed::name).distinct().sorted().toList()
                : visitor.jobs();
    }

    private Attention attention() {
        Instant now = Instant.now();
        List<Promise> stuck = new Stuck(ledger, Clock.systemUTC(), dispatch::obstacle).longest(null, STUCK_SHOWN);
        return new Attention(
                lines(stuck, now),
                lines(ledger.lists().page(PromiseQuery.of(Which.UNDELIVERED)).promises(), now),
                ledger.lists().setAside(),
                store.broken());
    }

    private List<PromiseLine> lines(List<Promise> some, Instant now) {
        return some.stream()
                .map(p -> PromiseLine.of(p, dispatch.waitsFor(p), now))
                .toList();
    }

    /** Shows what needs a person. */
    public void attention(Context context) throws Refused {
        operator(context);
        pages.answer(context, 200, "attention", "Needs attention", "attention", attention());
    }

    private void operator(Context context) throws Refused {
        if (!pages.visitor(context).operator()) {
            throw new Refused(
                    Refused.Why.FORBIDDEN,
                    "the token does not open this; log in with the job's own, or the operator's");
        }
    }

    /** Shows one promise. */
    public void promise(Context context) throws Refused, IOException {
        Promise promise = access.admitted(context);
        pages.answer(context, 200, "promise", promise.version(), PLACE, details.read(promise));
    }

    private void cancel(Context context, GivenInputs unused) throws Refused {
        Promise promise = access.admitted(context);
        promises.cancel(promise.id(), "request");
        Forms.goOn(context, "/promises/" + promise.id());
    }

    private void redeliver(Context context, GivenInputs unused) throws Refused {
        Promise promise = access.admitted(context);
        promises.redeliver(promise.id());
        Forms.goOn(context, "/promises/" + promise.id());
    }

    private void again(Context context, GivenInputs unused) throws Refused {
        Optional<Promise> promise = ledger.find(context.pathParam("id"));
        Submitter submitter = access.who(context, promise);
        Promise next = promises.again(PromiseAccess.there(context, promise).id(), submitter)
                .promise();
        Forms.goOn(context, "/promises/" + next.id());
    }
}
