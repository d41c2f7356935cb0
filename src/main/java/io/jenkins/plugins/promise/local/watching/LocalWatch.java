package io.jenkins.plugins.promise.local.watching;

import io.jenkins.plugins.promise.acceptance.Promises;
import io.jenkins.plugins.promise.contract.Refused;
import io.jenkins.plugins.promise.ledger.Ledger;
import io.jenkins.plugins.promise.watching.ComponentWatch;
import io.jenkins.plugins.promise.watching.DeclaredComponents;
import io.jenkins.plugins.promise.watching.WatchDesk;
import io.jenkins.plugins.promise.watching.Watcher;
import io.jenkins.plugins.promise.watching.component.WatchedComponent;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.function.UnaryOperator;

/** The watching of components by a local controller. */
public final class LocalWatch implements AutoCloseable {
    private final DeclaredComponents declared;
    private final Promises promises;
    private final ComponentsApi api;
    private final WatchSettings how;
    private final Watcher watcher;
    private final ComponentWatch watch;

    /**
     * Watches nothing yet.
     *
     * @param clones the folder for copies of repositories
     * @param api what tells of it, and is told of pushes
     */
    public LocalWatch(
            DeclaredComponents declared,
            Path clones,
            Promises promises,
            Ledger ledger,
            ComponentsApi api,
            WatchSettings how) {
        this.declared = declared;
        this.promises = promises;
        this.api = api;
        this.how = how;
        watcher = new Watcher(clones, declared, promises, ledger, Clock.systemUTC(), how::repositories);
        watch = new ComponentWatch(watcher, UnaryOperator.identity());
    }

    /**
     * Begins, with these and those that were declared before.
     *
     * @param suite what is made of the components, and deployed
     * @param takeOver whether those that another suite has are this one's from then on
     * @throws IOException if one is of another suite
     */
    public void begin(String suite, List<WatchedComponent> components, boolean takeOver) throws IOException {
        try {
            declared.declare(suite, components, takeOver);
        } catch (Refused e) {
            throw new IOException(e.getMessage(), e);
        }
        promises.listen(watch);
        api.begin(new WatchDesk(watcher, watch), how);
        watch.begin(how.interval());
    }

    @Override
    public void close() {
        watch.close();
    }
}
