package io.jenkins.plugins.promise.deployment.bundle;

import com.google.common.io.ByteSource;
import io.jenkins.plugins.promise.contract.JobKind;
import io.jenkins.plugins.promise.contract.SubmitToken;
import io.jenkins.plugins.promise.orchestration.script.ScriptProblem;
import io.jenkins.plugins.promise.orchestration.script.ScriptProblems;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Puts the entries of a bundle together, trusts none of them, and checks that they are what the bundle says. */
final class BundleReader {
    /** A version is described by a kilobyte or two. */
    private static final int MOST_INDEX_BYTES = 8 << 20;

    private static final int MOST_SOURCE_BYTES = 8 << 20;

    private final BundleEntries entries;
    private final Set<String> left;

    BundleReader(BundleEntries entries) {
        this.entries = entries;
        this.left = new TreeSet<>(entries.names());
    }

    Bundle read() throws BrokenBundle {
        byte[] json = entries.read(BundleIndex.NAME, MOST_INDEX_BYTES)
                .orElseThrow(() ->
                        new BrokenBundle("it is no bundle, or is damaged: there is no " + BundleIndex.NAME + " in it"));
        left.remove(BundleIndex.NAME);
        BundleIndex index = BundleIndex.read(json);
        if (index.versions().isEmpty()) {
            throw new BrokenBundle("there are no versions in it");
        }
        if (!Bundle.validSuite(index.suite())) {
            throw new BrokenBundle("its suite has no name of one line");
        }
        Set<String> before = new HashSet<>();
        Set<String> names = new HashSet<>();
        List<Release> releases = new ArrayList<>();
        for (Deployed deployed : index.versions()) {
            VersionCheck.check(deployed, before);
            if (!names.add(BundleNames.fold(deployed.name()))) {
                throw new BrokenBundle("it holds two versions of the job " + deployed.name());
            }
            releases.add(release(deployed));
            before.add(deployed.version());
        }
        checkTokens(index);
        if (!left.isEmpty()) {
            throw new BrokenBundle("it holds "
                    + BundleNames.shown(left.iterator().next()) + ", which belongs to none of its versions");
        }
        for (Release release : releases) {
            checkContent(release);
        }
        return new Bundle(index.suite(), releases, index.tokens());
    }

    private Release release(Deployed deployed) throws BrokenBundle {
        String folder = deployed.version() + "/";
        NavigableMap<String, ByteSource> files = entries.below(folder + Bundle.FILES);
        files.keySet().forEach(f -> left.remove(folder + Bundle.FILES + f));
        ByteSource source = null;
        if (deployed.kind() == JobKind.ORCHESTRATION) {
            String name = folder + Bundle.SOURCE;
            Optional<byte[]> json = entries.read(name, MOST_SOURCE_BYTES);
            if (json.isEmpty()) {
                throw new BrokenBundle("the version " + deployed.version() + " has no script: there is no " + name);
            }
            checkScript(deployed, BundleIndex.source(json.get(), name));
            left.remove(name);
            source = entries.below(folder).get(Bundle.SOURCE);
        } else if (!files.containsKey(deployed.script())) {
            throw new BrokenBundle("the version " + deployed.version() + " has no script: there is no " + folder
                    + Bundle.FILES + deployed.script());
        }
        return new Release(deployed, source, files);
    }

    /** What no engine would do right is not deployed, whoever made the bundle. */
    private static void checkScript(Deployed deployed, ScriptSource source) throws BrokenBundle {
        List<ScriptProblem> problems = ScriptProblems.in(source.text());
        if (!problems.isEmpty()) {
            ScriptProblem first = problems.get(0);
            throw new BrokenBundle("the script of " + deployed.version() + " would not run: " + source.at(first.line())
                    + ": " + first.message());
        }
    }

    private static void checkTokens(BundleIndex index) throws BrokenBundle {
        Set<String> names = new HashSet<>();
        index.versions().forEach(v -> names.add(v.name()));
        for (Map.Entry<String, SubmitToken> token : index.tokens().entrySet()) {
            if (!names.contains(token.getKey())) {
                throw new BrokenBundle(
                        "it holds a token for " + BundleNames.shown(token.getKey()) + ", which is none of its jobs");
            }
            if (!String.valueOf(token.getValue().digest()).matches("[0-9a-f]{64}")) {
                throw new BrokenBundle("the token of " + token.getKey() + " is no SHA-256 in hex");
            }
        }
    }

    private static void checkContent(Release release) throws BrokenBundle {
        Deployed deployed = release.deployed();
        boolean same;
        try {
            same = ContentDigest.of(release).text().equals(deployed.content());
        } catch (IOException e) {
            throw new BrokenBundle("the version " + deployed.version() + " is damaged: " + e.getMessage());
        }
        if (!same) {
            throw new BrokenBundle(
                    "the version " + deployed.version() + " is damaged: its files are not those it was" + " made of");
        }
    }
}
