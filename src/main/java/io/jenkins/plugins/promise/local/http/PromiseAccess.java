package io.jenkins.plugins.promise.local.http;

import io.javalin.http.Context;
import io.jenkins.plugins.promise.contract.Refused;
import io.jenkins.plugins.promise.deployment.Catalog;
import io.jenkins.plugins.promise.ledger.Ledger;
import io.jenkins.plugins.promise.ledger.promise.Promise;
import io.jenkins.plugins.promise.ledger.promise.Submitter;
import java.util.Optional;

/**
 * Who may see and handle a promise: the operator, and who may submit its job, or that of the orchestration that it is part
 * of. To anybody else a promise that is not there looks as one that their token does not open.
 */
public final class PromiseAccess {
    private final Doorkeeper doorkeeper;
    private final Ledger ledger;
    private final Catalog catalog;

    /** Access to what a ledger holds. */
    public PromiseAccess(Doorkeeper doorkeeper, Ledger ledger, Catalog catalog) {
        this.doorkeeper = doorkeeper;
        this.ledger = ledger;
        this.catalog = catalog;
    }

    /** The promise that the path names, for somebody who may see and handle it. */
    public Promise admitted(Context context) throws Refused {
        return admitted(context, ledger.find(context.pathParam("id")));
    }

    /** The promise, for somebody who may see and handle it. */
    public Promise admitted(Context context, Optional<Promise> promise) throws Refused {
        var unused = who(context, promise);
        return there(context, promise);
    }

    /** The promise, if it is there. */
    public static Promise there(Context context, Optional<Promise> promise) throws Refused {
        return promise.orElseThrow(() -> new Refused(Refused.Why.UNKNOWN, "there is nothing at " + context.path()));
    }

    /** Who it is that may see and handle a promise. */
    public Submitter who(Context context, Optional<Promise> promise) throws Refused {
        Optional<Promise> outermost = promise;
        while (outermost.isPresent() && outermost.get().parent() != null) {
            outermost = ledger.find(outermost.get().parent().promise());
        }
        return doorkeeper.admit(context, outermost.flatMap(p -> catalog.resolve(p.version())));
    }
}
