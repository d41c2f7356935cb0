package io.jenkins.plugins.promise.jenkins.files;

import hudson.FilePath;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.remoting.RemoteInputStream;
import hudson.remoting.VirtualChannel;
import io.jenkins.plugins.promise.contract.Refused;
import io.jenkins.plugins.promise.contract.words.Counted;
import io.jenkins.plugins.promise.jenkins.JenkinsController;
import io.jenkins.plugins.promise.ledger.promise.ParentCall;
import io.jenkins.plugins.promise.ledger.promise.Promise;
import io.jenkins.plugins.promise.report.files.HandedFile;
import io.jenkins.plugins.promise.report.files.NameClaims;
import io.jenkins.plugins.promise.report.files.NotKept;
import io.jenkins.plugins.promise.report.files.ProducedFile;
import io.jenkins.plugins.promise.report.files.WorkspaceFiles;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import jenkins.MasterToSlaveFileCallable;

/** Fills the workspace of a worker's build with what other workers of its orchestration have produced. */
public final class GivenArtifacts {
    private final JenkinsController controller;
    private final FilePath workspace;

    /** For a build in that workspace. */
    public GivenArtifacts(JenkinsController controller, FilePath workspace) {
        this.controller = controller;
        this.workspace = workspace;
    }

    /** Deletes what an earlier build has left of what this one is going to produce, or to be given. */
    public void clear(List<String> produces) throws IOException, InterruptedException {
        if (!produces.isEmpty()) {
            workspace.act(new Clearing(new ArrayList<>(produces)));
        }
    }

    /**
     * Brings what a promise was called with.
     *
     * @throws NotKept if something of it is not there, or not as it was
     * @throws IOException if the agent does not take it
     */
    public void bring(String promise, TaskListener listener) throws NotKept, IOException, InterruptedException {
        ParentCall call = find(promise).parent();
        if (call == null) {
            return;
        }
        List<Promise> producers = new ArrayList<>();
        for (String id : call.files()) {
            Promise from = find(id);
            if (from.parent() == null || !from.parent().promise().equals(call.promise())) {
                throw new NotKept(id + " is no worker of the same orchestration");
            }
            producers.add(from);
        }
        // What a build that was stopped before its script began was given is not this one's.
        clear(producers.stream()
                .flatMap(from -> produces(from).orElse(List.of()).stream())
                .distinct()
                .toList());
        NameClaims claims = new NameClaims();
        for (Promise from : producers) {
            bring(from, claims, listener);
        }
    }

    private Promise find(String id) throws NotKept {
        try {
            return controller.promises().find(id);
        } catch (Refused e) {
            throw new NotKept("there is no promise " + id);
        }
    }

    private void bring(Promise from, NameClaims claims, TaskListener listener)
            throws NotKept, IOException, InterruptedException {
        String worker = from.parent().worker();
        Optional<Run<?, ?>> run = controller.builds().run(from);
        Optional<List<ProducedFile>> files =
                run.isEmpty() ? Optional.empty() : new ProducedArtifacts(run.get()).files();
        if (files.isEmpty() && !produces(from).equals(Optional.of(List.of()))) {
            throw new NotKept(
                    "what '" + worker + "' produced is not on this controller: it lies on the one that ran it,"
                            + " or its build was discarded");
        }
        for (ProducedFile file : files.orElse(List.of())) {
            claims.claim(worker, file.name());
            try (InputStream content = opened(run.orElseThrow(), worker, file);
                    InputStream remote = new RemoteInputStream(content, RemoteInputStream.Flag.GREEDY)) {
                String problem = workspace.act(new Putting(new HandedFile(worker, file), remote));
                if (problem != null) {
                    throw new NotKept(problem);
                }
            }
        }
        listener.getLogger()
                .println("promise jobs: got "
                        + Counted.of(files.orElse(List.of()).size(), "file") + " from '" + worker + "'");
    }

    private static InputStream opened(Run<?, ?> run, String worker, ProducedFile file) throws NotKept {
        try {
            return new ProducedArtifacts(run).open(file);
        } catch (IOException e) {
            throw new NotKept(file.name() + ", which '" + worker + "' produced, is gone: " + e.getMessage());
        }
    }

    /** What its contract says that it produces; nothing if that is not known here. */
    private Optional<List<String>> produces(Promise from) {
        return controller.catalog().resolve(from.version()).map(job -> job.contract()
                .produces());
    }

    /** Puts one file into the workspace, on the machine that it is on; tells what is wrong with it, or null. */
    private static final class Putting extends MasterToSlaveFileCallable<String> {
        private static final long serialVersionUID = 1;

        private final HandedFile file;
        private final InputStream content;

        private Putting(HandedFile file, InputStream content) {
            this.file = file;
            this.content = content;
        }

        @Override
        public String invoke(File workspace, VirtualChannel channel) throws IOException {
            try {
                file.into(workspace.toPath(), content);
                return null;
            } catch (NotKept e) {
                return e.getMessage();
            }
        }
    }

    /** Deletes files of the workspace, on the machine that it is on. */
    private static final class Clearing extends MasterToSlaveFileCallable<Void> {
        private static final long serialVersionUID = 1;

        private final ArrayList<String> patterns;

        private Clearing(ArrayList<String> patterns) {
            this.patterns = patterns;
        }

        @Override
        public Void invoke(File workspace, VirtualChannel channel) throws IOException {
            WorkspaceFiles.clear(workspace.toPath(), patterns);
            return null;
        }
    }
}
