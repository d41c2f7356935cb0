package io.jenkins.plugins.promise.local.console.job;

import io.javalin.Javalin;
import io.javalin.http.Context;
import io.jenkins.plugins.promise.acceptance.Promises;
import io.jenkins.plugins.promise.acceptance.submission.Submission;
import io.jenkins.plugins.promise.contract.Contract;
import io.jenkins.plugins.promise.contract.GivenInputs;
import io.jenkins.plugins.promise.contract.Refused;
import io.jenkins.plugins.promise.contract.Violation;
import io.jenkins.plugins.promise.contract.json.Json;
import io.jenkins.plugins.promise.deployment.VersionIndex;
import io.jenkins.plugins.promise.deployment.VersionStore;
import io.jenkins.plugins.promise.deployment.bundle.Deployed;
import io.jenkins.plugins.promise.ledger.Ledger;
import io.jenkins.plugins.promise.ledger.promise.Promise;
import io.jenkins.plugins.promise.ledger.promise.Submitter;
import io.jenkins.plugins.promise.local.console.job.JobDetails.VersionLine;
import io.jenkins.plugins.promise.local.console.job.JobList.JobLine;
import io.jenkins.plugins.promise.local.console.web.Forms;
import io.jenkins.plugins.promise.local.console.web.Pages;
import io.jenkins.plugins.promise.local.http.Doorkeeper;
import io.jenkins.plugins.promise.local.http.Visitor;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The pages of jobs: what they promise, a form to submit them with, and their versions. */
public final class JobPages {
    private static final String PLACE = "jobs";
    private static final String JOB = "job";

    private final Pages pages;
    private final Doorkeeper doorkeeper;
    private final Promises promises;
    private final Ledger ledger;
    private final VersionStore store;

    /** Pages of the jobs that are deployed. */
    public JobPages(Pages pages, Doorkeeper doorkeeper, Promises promises, Ledger ledger, VersionStore store) {
        this.pages = pages;
        this.doorkeeper = doorkeeper;
        this.promises = promises;
        this.ledger = ledger;
        this.store = store;
    }

    /** Answers for what is done with jobs; where they are shown is theirs who answers programs there. */
    public void routes(Javalin server, Forms forms) {
        server.post("/console/jobs/{job}/submit", forms.handler(this::submit));
    }

    /** Shows all jobs, or those that a token opens. */
    public void list(Context context) throws Refused {
        Visitor visitor = pages.visitor(context);
        Map<String, List<Deployed>> byName = store.all().stream()
                .filter(d -> visitor.opens(d.name()))
                .collect(Collectors.groupingBy(Deployed::name, TreeMap::new, Collectors.toList()));
        VersionIndex index = store.index();
        List<JobLine> jobs =
                byName.values().stream().map(versions -> line(versions, index)).toList();
        JobList model = new JobList(jobs, visitor.operator() ? store.broken() : List.of());
        pages.answer(context, 200, "jobs", "Jobs", PLACE, model);
    }

    private static JobLine line(List<Deployed> versions, VersionIndex index) {
        Deployed first = versions.get(0);
        return new JobLine(
                first.name(),
                first.kind().keyword(),
                first.about(),
                index.owner(first.name()).orElse(""),
                index.latestOf(first.name()).orElse(first.version()),
                versions.size());
    }

    /** Shows one job. */
    public void job(Context context) throws Refused, IOException {
        answer(context, 200, Map.of(), List.of());
    }

    private void answer(Context context, int status, Map<String, String> given, List<Violation> violations)
            throws Refused, IOException {
        String name = context.pathParam(JOB);
        doorkeeper.admit(context, store.resolve(name));
        Deployed job = promises.job(name);
        Visitor visitor = pages.visitor(context);
        JobDetails model = new JobDetails(
                job.name(),
                job.kind().keyword(),
                job.about(),
                facts(job),
                job.contract().outputs() == null
                        ? null
                        : Json.mapper()
                                .writerWithDefaultPrettyPrinter()
                                .writeValueAsString(job.contract().outputs().json()),
                new JobForm(job.contract()).fields(given, violations),
                violations,
                visitor.operator() ? versions(job.name()) : List.of());
        pages.answer(context, status, "job", job.name(), PLACE, model);
    }

    private static Map<String, String> facts(Deployed job) {
        Contract contract = job.contract();
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put(
                "Deadline",
                contract.deadline() == null
                        ? "the controller's own"
                        : words(contract.deadline().toString()));
        facts.put(
                "Runs at once",
                contract.concurrency() == null
                        ? "any number"
                        : contract.concurrency().toString());
        facts.put("Attempts when a machine is lost", Integer.toString(contract.mostAttempts()));
        facts.put("Kept", kept(contract));
        if (job.label() != null) {
            facts.put("Label", job.label());
        }
        return facts;
    }

    /** ISO 8601 says PT30M; people read 30m. */
    private static String words(String duration) {
        return duration.replaceFirst("^PT?", "").replace("T", " ").toLowerCase(Locale.ROOT);
    }

    private static String kept(Contract contract) {
        List<String> kept = new ArrayList<>();
        if (contract.keep().days() != null) {
            kept.add(contract.keep().days() + " days");
        }
        if (contract.keep().builds() != null) {
            kept.add(contract.keep().builds() + " builds");
        }
        return kept.isEmpty() ? "as long as the controller keeps promises" : String.join(", ", kept);
    }

    private List<VersionLine> versions(String name) throws IOException {
        List<Deployed> all =
                store.all().stream().filter(d -> d.name().equals(name)).toList();
        VersionIndex index = store.index();
        Map<String, Long> open = ledger.lists().openByVersion();
        List<VersionLine> lines = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            Deployed one = all.get(i);
            lines.add(new VersionLine(
                    one.version(),
                    index.isLatest(one.version()),
                    index.versions().get(one.version()),
                    store.lastUsed(one.version()),
                    open.getOrDefault(one.version(), 0L),
                    i + 1 < all.size() ? all.get(i + 1).version() : null,
                    List.copyOf(one.uses().values())));
        }
        return lines;
    }

    private void submit(Context context, GivenInputs sent) throws Refused, IOException {
        String name = context.pathParam(JOB);
        Submitter submitter = doorkeeper.admit(context, store.resolve(name));
        Deployed job = promises.job(name);
        GivenInputs given = new JobForm(job.contract()).inputs(sent);
        Promise promise;
        try {
            promise =
                    promises.submit(Submission.of(name, given, null, submitter)).promise();
        } catch (Refused e) {
            if (e.violations().isEmpty()) {
                throw e;
            }
            answer(context, 400, sent.values(), e.violations());
            return;
        }
        Forms.goOn(context, "/promises/" + promise.id());
    }
}
