package io.jenkins.plugins.promise.farm.reading;

import com.google.re2j.Pattern;
import io.jenkins.plugins.promise.contract.yaml.YamlItems;
import io.jenkins.plugins.promise.contract.yaml.YamlMapping;
import io.jenkins.plugins.promise.farm.SuiteSource;
import io.jenkins.plugins.promise.suite.GitFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jgit.errors.RevisionSyntaxException;

/** Reads which suites a farm has. */
final class SuitesReader {
    private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{7,64}");
    private static final List<String> SUITE = List.of("jobs", "suite.yaml", "suite.yml", "suite.json");

    private SuitesReader() {}

    static List<SuiteSource> read(YamlMapping yaml, Path folder) {
        List<SuiteSource> suites = new ArrayList<>();
        Set<Path> seen = new HashSet<>();
        for (YamlMapping item : YamlItems.of(yaml, "suites", "path")) {
            suite(item, folder).ifPresent(suite -> {
                if (!seen.add(suite.folder())) {
                    item.error("path", "names " + suite.path() + " twice");
                }
                suites.add(suite);
            });
        }
        return suites;
    }

    private static Optional<SuiteSource> suite(YamlMapping yaml, Path folder) {
        String path = yaml.requiredText("path");
        boolean components = yaml.flag("components", false);
        String commit = yaml.text("commit");
        yaml.refuseOthers();
        if (path == null) {
            return Optional.empty();
        }
        Path there = folder.resolve(path).normalize();
        if (!Files.isDirectory(there)) {
            yaml.error("path", "there is no folder " + path + " beside the farm file");
            return Optional.empty();
        }
        if (!components && SUITE.stream().noneMatch(f -> Files.exists(there.resolve(f)))) {
            yaml.error(
                    "path",
                    path + " has no jobs/ and no suite.yaml; say components: true if the suite is made of components");
        }
        if (commit != null) {
            check(commit, there, yaml);
        }
        return Optional.of(new SuiteSource(path, there, components, commit));
    }

    private static void check(String commit, Path folder, YamlMapping yaml) {
        if (!COMMIT.matches(commit)) {
            yaml.error("commit", "must be a commit's hash, at least 7 of its digits: a branch moves");
            return;
        }
        try {
            Optional<GitFolder> git = GitFolder.of(folder);
            if (git.isEmpty()) {
                yaml.error("commit", "there is no git repository there that has it");
                return;
            }
            try (GitFolder open = git.get()) {
                if (open.repository().resolve(commit + "^{commit}") == null) {
                    yaml.error("commit", "the repository there has no commit " + commit + "; fetch it");
                }
            }
        } catch (IOException | RevisionSyntaxException e) {
            yaml.error("commit", "cannot be looked up: " + e.getMessage());
        }
    }
}
