package io.jenkins.plugins.promise.watching.history;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** What was asked once is not asked again: for as long as nothing is fetched, and by one thread. */
public final class RememberedCommits implements Commits {
    private final Commits commits;
    private final Map<String, Optional<String>> found = new HashMap<>();
    private final Map<List<String>, Boolean> contained = new HashMap<>();
    private final Map<List<String>, Set<String>> differing = new HashMap<>();

    /** Those commits. */
    public RememberedCommits(Commits commits) {
        this.commits = commits;
    }

    @Override
    public Optional<String> commit(String name) throws IOException, InterruptedException {
        if (!found.containsKey(name)) {
            found.put(name, commits.commit(name));
        }
        return found.get(name);
    }

    @Override
    public boolean contains(String commit, String earlier) throws IOException, InterruptedException {
        List<String> asked = List.of(commit, earlier);
        if (!contained.containsKey(asked)) {
            contained.put(asked, commits.contains(commit, earlier));
        }
        return contained.get(asked);
    }

    @Override
    public Set<String> differing(String from, String to) throws IOException, InterruptedException {
        List<String> asked = List.of(from, to);
        if (!differing.containsKey(asked)) {
            differing.put(asked, commits.differing(from, to));
        }
        return new TreeSet<>(differing.get(asked));
    }

    @Override
    public boolean shallow() throws IOException, InterruptedException {
        return commits.shallow();
    }
}
