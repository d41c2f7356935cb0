package io.jenkins.plugins.promise.jenkins.files;

import com.fasterxml.jackson.core.type.TypeReference;
import hudson.FilePath;
import hudson.Launcher;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.remoting.VirtualChannel;
import io.jenkins.plugins.promise.contract.files.FileLimits;
import io.jenkins.plugins.promise.contract.json.Json;
import io.jenkins.plugins.promise.contract.words.Counted;
import io.jenkins.plugins.promise.report.files.NotKept;
import io.jenkins.plugins.promise.report.files.ProducedFile;
import io.jenkins.plugins.promise.report.files.WorkspaceFiles;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import jenkins.MasterToSlaveFileCallable;
import jenkins.util.BuildListenerAdapter;

/**
 * What a build has produced: artifacts of the build, kept by whatever artifact manager this Jenkins has and for as long as
 * the build, and beside the build's record an index with their digests.
 */
public final class ProducedArtifacts {
    private static final String INDEX = "produced-files.json";

    private final Run<?, ?> run;

    /** What that build has produced, or is going to. */
    public ProducedArtifacts(Run<?, ?> run) {
        this.run = run;
    }

    /**
     * Keeps files of a workspace.
     *
     * @param patterns which
     * @throws NotKept if something is wrong with them
     * @throws IOException if the agent is gone, or the artifact manager does not take them
     */
    public void keep(
            FilePath workspace, Launcher launcher, TaskListener listener, List<String> patterns, FileLimits limits)
            throws NotKept, IOException, InterruptedException {
        Found found = workspace.act(new Finding(new ArrayList<>(patterns), limits));
        if (found.problem() != null) {
            throw new NotKept(found.problem());
        }
        Map<String, String> artifacts = new TreeMap<>();
        found.files().forEach(f -> artifacts.put(f.name(), f.name()));
        run.pickArtifactManager().archive(workspace, launcher, BuildListenerAdapter.wrap(listener), artifacts);
        Files.write(index(), Json.mapper().writeValueAsBytes(found.files()));
        listener.getLogger().println("promise jobs: kept " + Counted.of(artifacts.size(), "file"));
    }

    private Path index() {
        return run.getRootDir().toPath().resolve(INDEX);
    }

    /**
     * What is kept; nothing if it has produced nothing.
     *
     * @throws IOException if the index cannot be read
     */
    public Optional<List<ProducedFile>> files() throws IOException {
        return Files.exists(index())
                ? Optional.of(Json.mapper()
                        .readValue(Files.readAllBytes(index()), new TypeReference<List<ProducedFile>>() {}))
                : Optional.empty();
    }

    /**
     * Opens one of them.
     *
     * @throws IOException if the artifact manager has it no more
     */
    public InputStream open(ProducedFile file) throws IOException {
        return run.getArtifactManager().root().child(file.name()).open();
    }

    /** What was found on an agent; one of the two is null. */
    private record Found(ArrayList<ProducedFile> files, String problem) implements Serializable {}

    /** Finds the files, and reads their digests, on the machine that the workspace is on. */
    private static final class Finding extends MasterToSlaveFileCallable<Found> {
        private static final long serialVersionUID = 1;

        private final ArrayList<String> patterns;
        private final FileLimits limits;

        private Finding(ArrayList<String> patterns, FileLimits limits) {
            this.patterns = patterns;
            this.limits = limits;
        }

        @Override
        public Found invoke(File workspace, VirtualChannel channel) throws IOException {
            try {
                return new Found(
                        new ArrayList<>(new WorkspaceFiles(workspace.toPath(), limits)
                                .copy(patterns, WorkspaceFiles.Target.NOWHERE)),
                        null);
            } catch (NotKept e) {
                return new Found(null, e.getMessage());
            }
        }
    }
}
