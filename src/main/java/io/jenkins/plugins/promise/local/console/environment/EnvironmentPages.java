package io.jenkins.plugins.promise.local.console.environment;

import io.javalin.Javalin;
import io.javalin.http.Context;
import io.jenkins.plugins.promise.contract.GivenInputs;
import io.jenkins.plugins.promise.contract.Refused;
import io.jenkins.plugins.promise.environment.EnvironmentRefusal;
import io.jenkins.plugins.promise.environment.EnvironmentStatus;
import io.jenkins.plugins.promise.environment.Head;
import io.jenkins.plugins.promise.environment.book.Environments;
import io.jenkins.plugins.promise.environment.view.EnvironmentCard;
import io.jenkins.plugins.promise.environment.view.EnvironmentGrid;
import io.jenkins.plugins.promise.environment.view.EnvironmentHistory;
import io.jenkins.plugins.promise.environment.view.EnvironmentView;
import io.jenkins.plugins.promise.local.console.web.Forms;
import io.jenkins.plugins.promise.local.console.web.Pages;
import io.jenkins.plugins.promise.local.http.Doorkeeper;
import java.util.ArrayList;
import java.util.List;

/** The pages of environments: what is where since when, what is on its way, what holds it up, and what was there. */
public final class EnvironmentPages {
    private static final String PLACE = "environments";
    private static final String LIST = "/promises/environments";
    private static final String NAME = "name";
    private static final int MOST_HISTORY = 100;

    private final Pages pages;
    private final Doorkeeper doorkeeper;
    private final Environments environments;

    /** Pages of what the ledger has. */
    public EnvironmentPages(Pages pages, Doorkeeper doorkeeper, Environments environments) {
        this.pages = pages;
        this.doorkeeper = doorkeeper;
        this.environments = environments;
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
        List<EnvironmentStatus> all = environments.all();
        List<EnvironmentCard> cards = new ArrayList<>();
        all.forEach(s -> cards.add(card(s, all)));
        pages.answer(context, 200, "environments", "Environments", PLACE, EnvironmentGrid.of(all, cards));
    }

    /** Shows what was in one. */
    public void history(Context context) throws Refused {
        doorkeeper.admitOperator(context);
        try {
            EnvironmentStatus status = environments.status(context.pathParam(NAME));
            String name = status.rules().name();
            List<Head> heads = environments.history(name, MOST_HISTORY + 1);
            EnvironmentCard card = card(status, environments.all());
            pages.answer(context, 200, "environment", name, PLACE, EnvironmentHistory.of(card, heads, MOST_HISTORY));
        } catch (EnvironmentRefusal e) {
            throw EnvironmentView.refused(e);
        }
    }

    private EnvironmentCard card(EnvironmentStatus status, List<EnvironmentStatus> all) {
        String manifest = status.head().manifest().id();
        return EnvironmentCard.of(status, environments.verdict(manifest).isPresent(), approvable(status, all));
    }

    /** What passed in the environment before this one, is not here, and has no approval that counts. */
    private String approvable(EnvironmentStatus status, List<EnvironmentStatus> all) {
        if (!status.rules().approve()) {
            return null;
        }
        return all.stream()
                .filter(before -> before.rules().name().equals(status.rules().after()))
                .map(EnvironmentStatus::head)
                .filter(before -> before.number() > 0)
                .map(before -> before.manifest().id())
                .filter(manifest -> !manifest.equals(status.head().manifest().id())
                        && environments.verdict(manifest).isPresent()
                        && !environments.approved(status.rules().name(), manifest))
                .findFirst()
                .orElse(null);
    }

    /** What a form does. */
    @FunctionalInterface
    private interface Deed {
        void with(String environment, GivenInputs given) throws Refused;
    }
}
