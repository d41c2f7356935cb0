package io.jenkins.plugins.promise.component.watching;

import com.google.common.hash.Hashing;
import io.jenkins.plugins.promise.ledger.database.DurableFiles;
import io.jenkins.plugins.promise.suite.GitFolder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.revwalk.RevWalk;

/**
 * A clone of a repository, without a work tree, in which its branches are compared. It is fetched by the machine's own git,
 * which has the machine's credentials. It may be lost.
 */
final class WatchedClone {
    private static final String BRANCHES = "refs/heads/";
    private static final long MOST_MINUTES = 10;
    private static final int SHOWN = 300;

    private final Branch branch;
    private final Path folder;

    /**
     * The clone of a branch's repository.
     *
     * @param clones where clones lie
     */
    WatchedClone(Path clones, Branch branch) {
        this.branch = branch;
        this.folder = clones.resolve(Hashing.sha256()
                .hashString(branch.repository(), StandardCharsets.UTF_8)
                .toString()
                .substring(0, 16));
    }

    /**
     * Brings what the branch has now.
     *
     * @return its commit; nothing if there is no such branch
     * @throws IOException if the repository cannot be reached
     */
    Optional<String> fetch() throws IOException, InterruptedException {
        if (!Files.exists(folder.resolve("HEAD"))) {
            Files.createDirectories(folder);
            git("init", "-q", "--bare", folder.toString());
        }
        String told = git("ls-remote", "--", branch.repository(), BRANCHES + branch.name());
        if (told.isBlank()) {
            return Optional.empty();
        }
        String commit = told.strip().split("\\s", 2)[0];
        if (!tip().equals(Optional.of(commit))) {
            git(
                    "fetch",
                    "-q",
                    "--force",
                    "--no-tags",
                    "--",
                    branch.repository(),
                    "+" + BRANCHES + branch.name() + ":" + BRANCHES + branch.name());
        }
        return tip();
    }

    /** What the branch is here; nothing if it was never brought. */
    private Optional<String> tip() throws IOException {
        try (GitFolder git = open()) {
            return Optional.ofNullable(git.repository().resolve(BRANCHES + branch.name()))
                    .map(ObjectId::name);
        }
    }

    /** Opens it. */
    GitFolder open() throws IOException {
        return GitFolder.bare(folder);
    }

    /** Whether a commit is part of the history of another one; not if this clone has it no more. */
    boolean contains(String commit, String earlier) throws IOException {
        try (GitFolder git = open();
                RevWalk walk = new RevWalk(git.repository())) {
            ObjectId before = ObjectId.fromString(earlier);
            return git.repository().getObjectDatabase().has(before)
                    && walk.isMergedInto(walk.parseCommit(before), walk.parseCommit(ObjectId.fromString(commit)));
        }
    }

    private String git(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("git", "-c", "gc.auto=0"));
        if (!arguments[0].equals("init")) {
            command.addAll(List.of("--git-dir", folder.toString()));
        }
        command.addAll(List.of(arguments));
        Path told = Files.createTempDirectory("promise-git");
        Path out = told.resolve("out");
        // What git warns of is no answer: it would make a branch of nothing.
        Path warned = told.resolve("err");
        try {
            ProcessBuilder builder =
                    new ProcessBuilder(command).redirectError(warned.toFile()).redirectOutput(out.toFile());
            builder.environment().put("GIT_TERMINAL_PROMPT", "0");
            Process process = builder.start();
            process.getOutputStream().close();
            boolean ended = process.waitFor(MOST_MINUTES, TimeUnit.MINUTES);
            if (!ended) {
                process.destroyForcibly();
            }
            if (!ended || process.exitValue() != 0) {
                String last = Files.readString(warned).strip();
                throw new IOException("git " + arguments[0] + " of " + branch.repository()
                        + (ended ? " failed: " + last.substring(Math.max(0, last.length() - SHOWN)) : " does not end"));
            }
            return Files.readString(out);
        } finally {
            DurableFiles.delete(told);
        }
    }
}
