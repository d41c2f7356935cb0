package io.jenkins.plugins.promise.deployment;

import io.jenkins.plugins.promise.deployment.bundle.ContentDigest;
import io.jenkins.plugins.promise.deployment.bundle.Deployed;
import io.jenkins.plugins.promise.deployment.bundle.Release;
import io.jenkins.plugins.promise.ledger.LedgerFault;
import io.jenkins.plugins.promise.ledger.database.LedgerLocation;
import io.jenkins.plugins.promise.ledger.database.LedgerReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;

/**
 * Reads the deployed versions of a ledger as a controller does, with all their files, and finds those that are not what
 * was deployed.
 */
public final class DeployedCheck {
    private final Handle handle;
    private final StoredFiles files;
    private final List<LedgerFault> faults = new ArrayList<>();

    private DeployedCheck(Handle handle) {
        this.handle = handle;
        this.files = new StoredFiles(new StoredFiles.Reading() {
            @Override
            public <T> T read(Function<Handle, T> query) {
                return query.apply(handle);
            }
        });
    }

    /**
     * Checks a ledger, also one that controllers use.
     *
     * @return the versions that are wrong, each with the promises that are not settled and need it; empty if nothing is
     * @throws IOException if it cannot be opened
     */
    public static List<LedgerFault> of(LedgerLocation location) throws IOException {
        try (LedgerReader reader = LedgerReader.open(location)) {
            return reader.atOneMoment(handle -> new DeployedCheck(handle).faults());
        } catch (JdbiException e) {
            return List.of(new LedgerFault("what is deployed cannot be read to the end: " + e.getMessage(), List.of()));
        }
    }

    private List<LedgerFault> faults() {
        // Nobody, for nothing is changed.
        DeployedVersions all = new VersionRows("nobody").read(handle, Map.of());
        all.broken().values().stream()
                .filter(b -> all.uploads().containsKey(b.version()))
                .forEach(b -> found(b.version(), b.reason()));
        for (Deployed deployed : all.versions().values()) {
            if (!files(deployed, all.uploads().get(deployed.version()))) {
                break;
            }
        }
        return faults;
    }

    /** Whether more may be asked: a transaction in which something failed answers nothing any more. */
    private boolean files(Deployed deployed, String upload) {
        String version = deployed.version();
        try {
            Release there = files.release(deployed, upload);
            if (!ContentDigest.of(there).text().equals(deployed.content())) {
                found(version, "the version " + version + " has other files than those that were deployed");
            }
        } catch (IOException e) {
            found(version, "the files of the version " + version + " cannot be read: " + e.getMessage());
        } catch (JdbiException e) {
            faults.add(new LedgerFault(
                    "the files of the version " + version + " cannot be read, and those after it were not looked at: "
                            + e.getMessage(),
                    List.of()));
            return false;
        }
        return true;
    }

    private void found(String version, String what) {
        faults.add(LedgerFault.ofVersion(handle, version, what));
    }
}
