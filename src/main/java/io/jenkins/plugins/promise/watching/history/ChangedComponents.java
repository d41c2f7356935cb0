package io.jenkins.plugins.promise.watching.history;

import com.google.common.graph.Traverser;
import com.google.re2j.Pattern;
import io.jenkins.plugins.promise.contract.yaml.Nearest;
import io.jenkins.plugins.promise.watching.component.Watch;
import io.jenkins.plugins.promise.watching.component.WatchedComponent;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Compares what a repository has now with what it had when each component last passed. What was changed and changed back
 * has passed as it is. A history that does not go back so far is told: it is never taken for all, or for none.
 */
public final class ChangedComponents {
    /** Stands for a commit where none has passed. */
    public static final String NONE = "none";

    private static final int SHOWN = 7;
    private static final Pattern HASH = Pattern.compile("[0-9a-f]{7,64}");

    private final Commits commits;
    private final Map<String, WatchedComponent> components = new TreeMap<>();
    private final Map<String, List<Watch.Matching>> watches = new TreeMap<>();
    private final Map<String, List<String>> needing = new TreeMap<>();
    private final Traverser<String> needs = Traverser.forGraph(this::needed);

    /** The components that lie in that repository. */
    public ChangedComponents(Commits commits, Collection<WatchedComponent> components) {
        this.commits = commits;
        for (WatchedComponent component : components) {
            this.components.put(component.name(), component);
            this.watches.put(
                    component.name(),
                    component.watch().stream().map(Watch::matching).toList());
            component.needs().forEach(n -> needing.computeIfAbsent(n, k -> new ArrayList<>())
                    .add(component.name()));
        }
    }

    /**
     * The components to be built and tested, by name: those of which watched files differ, those of which no commit has
     * passed yet, and those that need one of these.
     *
     * @param passed for each component the last commit that passed, or {@link #NONE}
     * @param now what they are now: a commit, a branch or a tag
     * @throws MissingHistory naming all that keeps it from being told
     */
    public List<Change> since(Map<String, String> passed, String now)
            throws IOException, InterruptedException, MissingHistory {
        List<String> problems = new ArrayList<>();
        passed.keySet().stream()
                .filter(n -> !components.containsKey(n))
                .forEach(n -> problems.add("there is no component '" + n + "'" + Nearest.hint(n, components.keySet())));
        Optional<String> head = commits.commit(now);
        if (head.isEmpty()) {
            problems.add("there is no commit " + now + " in this clone");
            throw new MissingHistory(problems);
        }
        Map<String, Change> changes = new TreeMap<>();
        Map<String, Set<String>> untested = new TreeMap<>();
        Map<String, Compared> compared = new TreeMap<>();
        for (String name : components.keySet()) {
            String from = passed.get(name);
            if (from == null) {
                problems.add(name + ": it is not said which commit of it has passed; say " + name + "=COMMIT, or "
                        + name + "=" + NONE + " if none has");
            } else if (from.equals(NONE)) {
                changes.put(name, Change.first(name));
            } else {
                if (!compared.containsKey(from)) {
                    compared.put(from, compare(from, head.get()));
                }
                Compared with = compared.get(from);
                with.problem().ifPresent(p -> problems.add(name + ": " + p));
                changed(name, with.paths()).ifPresent(c -> changes.put(name, c));
                untested.put(name, needed(name, with.paths()));
            }
        }
        if (!problems.isEmpty()) {
            throw new MissingHistory(problems);
        }
        return withThoseThatNeedThem(changes, untested);
    }

    /** The files that differ from a commit, or why that cannot be told. */
    private record Compared(Set<String> paths, Optional<String> problem) {
        static Compared not(String problem) {
            return new Compared(Set.of(), Optional.of(problem));
        }
    }

    private Compared compare(String from, String head) throws IOException, InterruptedException {
        if (from.equals(head)) {
            return new Compared(Set.of(), Optional.empty());
        }
        Optional<String> base = HASH.matches(from) ? commits.commit(from) : Optional.empty();
        if (base.isEmpty()) {
            return Compared.not("there is no commit " + from + " in this clone"
                    + (commits.shallow()
                            ? ", which is shallow; fetch the rest: git fetch --unshallow"
                            : "; fetch it: git fetch origin " + from));
        }
        if (!commits.contains(head, base.get())) {
            return Compared.not("the commit " + from + " is not part of the history of " + head.substring(0, SHOWN)
                    + (commits.shallow()
                            ? " as far as this shallow clone has it; fetch the rest: git fetch --unshallow"
                            : "; it was rewritten, or is another branch: name a commit that passed and is part of it"));
        }
        return new Compared(commits.differing(base.get(), head), Optional.empty());
    }

    private Optional<Change> changed(String name, Set<String> paths) {
        List<String> watched = paths.stream()
                .filter(p -> watches.get(name).stream().anyMatch(w -> w.matches(p)))
                .toList();
        return watched.isEmpty() ? Optional.empty() : Optional.of(new Change(name, watched));
    }

    /** Those of this repository that a component needs. */
    private List<String> needed(String name) {
        return components.get(name).needs().stream()
                .filter(components::containsKey)
                .toList();
    }

    /** Those that a component needs and that differ from what it was tested with: they may have passed, and it not. */
    private Set<String> needed(String name, Set<String> paths) {
        Set<String> needed = new TreeSet<>();
        for (String one : needs.breadthFirst(name)) {
            if (!one.equals(name) && changed(one, paths).isPresent()) {
                needed.add(one);
            }
        }
        return needed;
    }

    private List<Change> withThoseThatNeedThem(Map<String, Change> changes, Map<String, Set<String>> untested) {
        Traverser<String> builtWith = Traverser.forGraph(name -> needing.getOrDefault(name, List.of()));
        Map<String, Set<String>> because = new TreeMap<>();
        untested.forEach((name, needed) -> {
            if (!needed.isEmpty()) {
                because.put(name, new TreeSet<>(needed));
            }
        });
        for (String changed : changes.keySet()) {
            for (String name : builtWith.breadthFirst(changed)) {
                if (!name.equals(changed)) {
                    because.computeIfAbsent(name, k -> new TreeSet<>()).add(changed);
                }
            }
        }
        Map<String, Change> all = new TreeMap<>(changes);
        because.forEach((name, needs) -> all.put(
                name, changes.getOrDefault(name, new Change(name, List.of())).needing(needs)));
        return new ArrayList<>(all.values());
    }
}
