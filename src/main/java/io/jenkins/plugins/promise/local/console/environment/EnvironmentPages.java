package io.jenkins.plugins.promise.local.console.environment;

import io.javalin.Javalin;
import io.javalin.http.Context;
import io.jenkins.plugins.promise.contract.GivenInputs;
import io.jenkins.plugins.promise.contract.Refused;
import io.jenkins.plugins.promise.environment.EnvironmentRefusal;
import io.jenkins.plugins.promise.environment.book.Book;
import io.jenkins.plugins.promise.environment.book.Environments;
import io.jenkins.plugins.promise.environment.view.EnvironmentCards;
import io.jenkins.plugins.promise.environment.view.EnvironmentHistory;
import io.jenkins.plugins.promise.environment.view.EnvironmentView;
import io.jenkins.plugins.promise.local.console.web.Forms;
import io.jenkins.plugins.promise.local.console.web.Pages;
import io.jenkins.plugins.promise.local.http.Doorkeeper;

/** The pages of environments: what is where since when, what is on its way, what holds it up, and what was there. */
public final class EnvironmentPages {
    private static final String PLACE = "environments";
    private static final String LIST = "/promises/environments";
    private static final String NAME = "name";

    private final Pages pages;
    private final Doorkeeper doorkeeper;
    private final Environments environments;
    private final EnvironmentCards cards;

    /** Pages of what the ledger has. */
    public EnvironmentPages(Pages pages, Doorkeeper doorkeeper, Book book) {
        this.pages = pages;
        this.doorkeeper = doorkeeper;
        this.environments = book.environments();
        this.cards = new EnvironmentCards(book);
    }

    /** Answers for what is done with environments; where they are shown is theirs who answers programs there. */
    public void routes(Javalin server, Forms forms) {
        form(
                server,
                forms,
                "freeze",
                (name, given) -> environments.freeze(name, needed(given, "who"), needed(given, "why")));
        form(server, forms, "unfreeze", (name, given) -> environments.unfreeze(name, needed(given, "who")));
        form(server, forms, "approve", (name, given) -> {
            var unused = environments.approve(name, needed(given, "manifest"), needed(given, "who"));
        });
    }

    private void form(Javalin server, Forms forms, String what, Deed deed) {
        server.post("/console/environments/{name}/" + what, forms.handler((context, given) -> {
            doorkeeper.admitOperator(context);
            try {
                deed.with(context.pathParam(NAME), given);
            } catch (EnvironmentRefusal e) {
                throw EnvironmentView.refused(e);
            }
            Forms.goOn(context, LIST);
        }));
    }

    private static String needed(GivenInputs given, String field) throws Refused {
        String value = given.values().get(field);
        if (value == null || value.isBlank()) {
            throw new Refused(Refused.Why.INVALID, "the field " + field + " must be filled in");
        }
        return value.trim();
    }

    /** Shows all environments. */
    public void list(Context context) throws Refused {
        doorkeeper.admitOperator(context);
        pages.answer(context, 200, "environments", "Environments", PLACE, cards.grid());
    }

    /** Shows what was in one. */
    public void history(Context context) throws Refused {
        doorkeeper.admitOperator(context);
        EnvironmentHistory history = cards.history(context.pathParam(NAME));
        pages.answer(context, 200, "environment", history.card().name(), PLACE, history);
    }

    /** What a form does. */
    @FunctionalInterface
    private interface Deed {
        void with(String environment, GivenInputs given) throws Refused;
    }
}
