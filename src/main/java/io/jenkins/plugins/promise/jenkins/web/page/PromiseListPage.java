package io.jenkins.plugins.promise.jenkins.web.page;

import io.jenkins.plugins.promise.acceptance.view.ListRequest;
import io.jenkins.plugins.promise.acceptance.view.NeedsAttention;
import io.jenkins.plugins.promise.acceptance.view.PromiseView;
import io.jenkins.plugins.promise.contract.Refused;
import io.jenkins.plugins.promise.jenkins.JenkinsController;
import io.jenkins.plugins.promise.jenkins.web.Access;
import io.jenkins.plugins.promise.jenkins.web.JenkinsLinks;
import io.jenkins.plugins.promise.jenkins.web.JobsView;
import io.jenkins.plugins.promise.jenkins.web.PromisesRootAction;
import io.jenkins.plugins.promise.ledger.PromiseLists;
import io.jenkins.plugins.promise.ledger.promise.PromisePage;
import io.jenkins.plugins.promise.ledger.promise.PromiseQuery;
import io.jenkins.plugins.promise.ledger.promise.PromiseQuery.Which;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import jenkins.model.Jenkins;
import org.kohsuke.stapler.StaplerRequest2;

/** What the page Promises shows: what needs attention, and the promises that were asked for, of all jobs or of one. */
public final class PromiseListPage {
    static final int ON_A_PAGE = 50;
    private static final int ATTENTION = 20;

    private final JenkinsController controller;
    private final PromiseQuery query;
    private final boolean all;
    private final PromisePage page;

    /**
     * The promises asked for.
     *
     * @param all whether the page is that of all jobs
     */
    public PromiseListPage(JenkinsController controller, PromiseQuery query, boolean all) {
        this.controller = controller;
        this.query = query;
        this.all = all;
        this.page = new Access(controller).seen(controller.ledger().lists().page(query));
    }

    /**
     * What a page is asked for.
     *
     * @param job a common name, for the page of one job; null for that of all
     */
    public static PromiseQuery asked(StaplerRequest2 request, String job) throws Refused {
        PromiseQuery asked = new ListRequest(name -> switch (name) {
                    case "state" -> given(request, name, Which.ALL.word());
                    case "job" -> job == null ? given(request, name, null) : job;
                    case "limit" -> Integer.toString(ON_A_PAGE);
                    default -> request.getParameter(name);
                })
                .query();
        return new PromiseQuery(asked.which(), job != null, asked.job(), asked.words(), asked.after(), asked.most());
    }

    private static String given(StaplerRequest2 request, String name, String otherwise) {
        String given = request.getParameter(name);
        return given == null || given.isEmpty() ? otherwise : given;
    }

    /** Those of this page that whoever asks may see, newest first. */
    public List<PromiseListItem> getLines() {
        return page.promises().stream()
                .map(p -> new PromiseListItem(p, controller.dispatch()))
                .toList();
    }

    /** Whether it is the page of all jobs. */
    public boolean isOfAll() {
        return all;
    }

    /** The state asked for. */
    public String getState() {
        return query.which().word();
    }

    /** The words asked for; empty for none. */
    public String getWords() {
        return query.words();
    }

    /** The common name asked for; null for all. */
    public String getJob() {
        return query.job();
    }

    /** Where the next page is, as the query of a URL; null if this is the last one. */
    public String getNext() {
        return page.next() == null ? null : asked(query.which(), query.words(), page.next());
    }

    /** Where a program asks for the same; null where nothing new comes. */
    public String getSource() {
        String job = query.job() == null || all ? "" : "&job=" + encoded(query.job()) + "&called=true";
        return query.after() == null
                ? PromisesRootAction.URL + "/" + asked(query.which(), query.words(), null) + job + "&limit=" + ON_A_PAGE
                : null;
    }

    private String asked(Which which, String words, String after) {
        return "?state=" + which.word()
                + (query.job() == null || !all ? "" : "&job=" + encoded(query.job()))
                + (words.isEmpty() ? "" : "&q=" + encoded(words))
                + (after == null ? "" : "&after=" + encoded(after));
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** The states that may be asked for, each with how many there are. */
    public List<Count> getCounts() {
        // How many there are is nobody's to know who may not see them all.
        boolean counted = Jenkins.get().hasPermission(Jenkins.ADMINISTER);
        return Stream.of(Which.values())
                .filter(which -> !which.sum())
                .map(which -> new Count(
                        which.word(),
                        counted ? number(which) : "",
                        asked(which, query.words(), null),
                        which == query.which()))
                .toList();
    }

    private String number(Which which) {
        int count =
                controller.ledger().lists().count(new PromiseQuery(which, query.called(), query.job(), "", null, 1));
        return count < PromiseLists.COUNTED ? Integer.toString(count) : PromiseLists.COUNTED + "+";
    }

    /**
     * What needs somebody: what waits for long, or for what does not come by itself, workers too; then deliveries that fail
     * or were given up.
     */
    public List<PromiseListItem> getAttention() {
        String job = all ? null : query.job();
        Access access = new Access(controller);
        return new NeedsAttention(controller.ledger(), controller.dispatch())
                .found(job, ATTENTION).stream()
                        .map(NeedsAttention.Needing::promise)
                        .filter(access::sees)
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

    /**
     * How many there are of a state.
     *
     * @param word the state
     * @param number how many; empty where that is not told
     * @param href where they are, as the query of a URL
     * @param current whether they are what was asked for
     */
    public record Count(String word, String number, String href, boolean current) {
        /** The state. */
        public String getWord() {
            return word;
        }

        /** How many. */
        public String getNumber() {
            return number;
        }

        /** Where they are. */
        public String getHref() {
            return href;
        }

        /** Whether they are what was asked for. */
        public boolean isCurrent() {
            return current;
        }
    }
}
