package io.jenkins.plugins.promise.jenkins.web;

import io.jenkins.plugins.promise.acceptance.view.PromiseView;
import io.jenkins.plugins.promise.acceptance.view.Stuck;
import io.jenkins.plugins.promise.deployment.bundle.Deployed;
import io.jenkins.plugins.promise.jenkins.JenkinsController;
import io.jenkins.plugins.promise.ledger.promise.Promise;
import io.jenkins.plugins.promise.ledger.promise.PromisePage;
import io.jenkins.plugins.promise.ledger.promise.PromiseQuery;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/** What the page Promises shows: the jobs by common name, and the promises by state. */
public final class PromiseListPage {
    private static final int LISTED = 200;

    private final JenkinsController controller;
    private final String job;

    PromiseListPage(JenkinsController controller) {
        this(controller, null);
    }

    /**
     * A page of one job's promises, or of all.
     *
     * @param job a common name; null for all
     */
    PromiseListPage(JenkinsController controller, String job) {
        this.controller = controller;
        this.job = job;
    }

    /** A page of the promises that whoever asks may see, newest first. */
    PromisePage page(PromiseQuery query) {
        return new Access(controller).seen(controller.ledger().lists().page(query));
    }

    private List<Promise> promises(PromiseQuery.Which which) {
        return page(new PromiseQuery(which, job != null, job, "", null, LISTED)).promises();
    }

    /** Those that are not settled, or whose report is on its way. */
    public List<PromiseListItem> getOpen() {
        return lines(promises(PromiseQuery.Which.OPEN));
    }

    /** Those with a delivery that was given up. */
    public List<PromiseListItem> getUndelivered() {
        return lines(promises(PromiseQuery.Which.UNDELIVERED));
    }

    /** The latest that are done. */
    public List<PromiseListItem> getClosed() {
        return lines(promises(PromiseQuery.Which.CLOSED));
    }

    /** Those that wait for long, workers too, or whose deliveries fail; the longest first. */
    public List<PromiseListItem> getStuck() {
        Access access = new Access(controller);
        return lines(new Stuck(controller.ledger(), Clock.systemUTC(), controller.dispatch()::obstacle)
                .longest(job, LISTED).stream().filter(access::sees).toList());
    }

    private List<PromiseListItem> lines(List<Promise> promises) {
        return promises.stream()
                .map(p -> new PromiseListItem(p, controller.dispatch()))
                .toList();
    }

    /** The jobs by their common names, with what each stands for first. */
    public List<NamedVersions> getJobs() {
        List<NamedVersions> jobs = new ArrayList<>();
        new JobsView(controller, new PromiseView(JenkinsLinks.promises()))
                .byName()
                .forEach((name, versions) -> jobs.add(new NamedVersions(name, versions)));
        return jobs;
    }

    /** Where the controller is. */
    public String getRootUrl() {
        return JenkinsLinks.base();
    }

    /**
     * A common name with its versions.
     *
     * @param name the common name
     * @param versions the latest first
     */
    public record NamedVersions(String name, List<Deployed> versions) {
        /** The common name. */
        public String getName() {
            return name;
        }

        /** What it stands for. */
        public String getLatest() {
            return versions.get(0).version();
        }

        /** Orchestration or worker. */
        public String getKind() {
            return versions.get(0).kind().keyword();
        }

        /** One line for people; null for none. */
        public String getAbout() {
            return versions.get(0).about();
        }

        /** The versions that it does not stand for. */
        public List<String> getOthers() {
            return versions.stream().skip(1).map(Deployed::version).toList();
        }
    }
}
