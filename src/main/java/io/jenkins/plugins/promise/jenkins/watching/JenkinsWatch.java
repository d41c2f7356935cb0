package io.jenkins.plugins.promise.jenkins.watching;

import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.promise.acceptance.Promises;
import io.jenkins.plugins.promise.acceptance.host.PromiseListener;
import io.jenkins.plugins.promise.contract.Refused;
import io.jenkins.plugins.promise.jenkins.Messages;
import io.jenkins.plugins.promise.jenkins.config.WatchConfiguration;
import io.jenkins.plugins.promise.ledger.Ledger;
import io.jenkins.plugins.promise.ledger.promise.Promise;
import io.jenkins.plugins.promise.watching.ComponentWatch;
import io.jenkins.plugins.promise.watching.DeclaredComponents;
import io.jenkins.plugins.promise.watching.WatchDesk;
import io.jenkins.plugins.promise.watching.Watcher;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;

/**
 * Watches the components that were deployed, on a thread of the plugin's own, as Jenkins itself; begun, stopped and begun
 * anew as an administrator configures it.
 */
public final class JenkinsWatch implements PromiseListener, AutoCloseable {
    private final DeclaredComponents declared;
    private final Watcher watcher;
    private WatchConfiguration.Settings settings;
    private boolean open;
    private volatile ComponentWatch watch;
    private volatile WatchDesk desk;

    /**
     * One that has not begun.
     *
     * @param clones where repositories are cloned to
     */
    public JenkinsWatch(Path clones, Promises promises, Ledger ledger, Clock clock) {
        this.declared = new DeclaredComponents(ledger, clock);
        this.watcher = new Watcher(clones, declared, promises, ledger, clock, () -> WatchConfiguration.get()
                .policy());
    }

    /** Begins, once promises are accepted and built. */
    public synchronized void begin() {
        open = true;
        agree();
    }

    /** Does what is configured from now on. */
    public synchronized void agree() {
        WatchConfiguration.Settings wanted = WatchConfiguration.get().settings();
        if (!open || wanted.equals(settings)) {
            return;
        }
        stop();
        settings = wanted;
        if (wanted.watched()) {
            ComponentWatch begun = new ComponentWatch(watcher, JenkinsWatch::asJenkins);
            watch = begun;
            desk = new WatchDesk(watcher, begun);
            begun.begin(wanted.poll());
        }
    }

    /** Whoever pushes is nobody that Jenkins knows; jobs are found all the same, wherever they lie. */
    @SuppressWarnings("try") // who acts is all that the resource is for
    private static Runnable asJenkins(Runnable task) {
        return () -> {
            try (ACLContext asSystem = ACL.as2(ACL.SYSTEM2)) {
                task.run();
            }
        };
    }

    /** The components that were deployed, watched or not. */
    public DeclaredComponents declared() {
        return declared;
    }

    /** Where pushes are told, and what is known is asked for; nothing if nothing is watched, or not yet. */
    public Optional<WatchDesk> desk() {
        agree();
        return Optional.ofNullable(desk);
    }

    /**
     * Where pushes are told, and what is known is asked for.
     *
     * @throws Refused if nothing is watched, and another one if it will be in a moment
     */
    public WatchDesk openDesk() throws Refused {
        Optional<WatchDesk> now = desk();
        if (now.isPresent()) {
            return now.get();
        }
        throw WatchConfiguration.get().isWatched()
                ? new Refused(Refused.Why.UNAVAILABLE, Messages.ComponentRequests_Starting())
                : new Refused(Refused.Why.UNKNOWN, Messages.ComponentRequests_NotWatched());
    }

    @Override
    public void changed(Promise promise) {
        ComponentWatch now = watch;
        if (now != null) {
            now.changed(promise);
        }
    }

    private void stop() {
        if (watch != null) {
            watch.close();
        }
        watch = null;
        desk = null;
    }

    @Override
    public synchronized void close() {
        open = false;
        stop();
    }
}
