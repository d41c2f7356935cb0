package io.jenkins.plugins.promise.environment.book;

import io.jenkins.plugins.promise.environment.Approval;
import io.jenkins.plugins.promise.environment.EnvironmentRefusal;
import io.jenkins.plugins.promise.environment.EnvironmentRefusal.Why;
import io.jenkins.plugins.promise.environment.Head;
import io.jenkins.plugins.promise.environment.TestingSkipped;
import io.jenkins.plugins.promise.environment.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jdbi.v3.core.Handle;

/** Whether a manifest may come to an environment. */
final class ReleaseCheck {
    private final ManifestRows manifests;
    private final Set<String> self;

    ReleaseCheck(ManifestRows manifests, Set<String> self) {
        this.manifests = manifests;
        this.self = new TreeSet<>(self.stream().map(ReleaseCheck::address).toList());
    }

    /**
     * How the manifest comes to be the head; what somebody takes without a verdict is recorded.
     *
     * @throws EnvironmentRefusal if it may not
     */
    Head.Cause check(Handle handle, EnvironmentRows.Row row, ReleaseRequest request, Instant now) {
        String controller = row.rules().controller();
        if (controller != null && self.contains(address(controller))) {
            throw new EnvironmentRefusal(
                    Why.ITSELF,
                    row.name() + " is this controller's own environment (controller: " + controller
                            + "), and nothing releases itself: release it from another controller");
        }
        row.refuseHalted();
        manifests.get(handle, request.manifest());
        Head.Cause cause = cause(handle, row, request, now);
        if (row.rules().approve()) {
            approved(handle, row, request, now);
        }
        return cause;
    }

    /** An address, however it was written. */
    private static String address(String url) {
        return url.toLowerCase(Locale.ROOT).replaceFirst("/+$", "");
    }

    private void approved(Handle handle, EnvironmentRows.Row row, ReleaseRequest request, Instant now) {
        Optional<Approval> approval = manifests.approval(handle, row.name(), request.manifest());
        if (approval.isEmpty() || !approval.get().counts(now)) {
            throw new EnvironmentRefusal(
                    Why.UNAPPROVED,
                    approval.map(a -> "the approval of " + request.manifest() + " by " + a.who() + " for " + row.name()
                                    + " counted until " + a.until())
                            .orElse("nobody has approved manifest " + request.manifest() + " for " + row.name()));
        }
    }

    private Head.Cause cause(Handle handle, EnvironmentRows.Row row, ReleaseRequest request, Instant now) {
        String manifest = request.manifest();
        if (request.rollback()) {
            if (manifests.was(handle, row.name(), manifest).isEmpty()) {
                throw new EnvironmentRefusal(
                        Why.INVALID, "manifest " + manifest + " was never in " + row.name() + ": release it instead");
            }
            return Head.Cause.ROLLED_BACK;
        }
        if (request.untested() != null) {
            if (request.untested().isBlank() || request.who() == null) {
                throw new EnvironmentRefusal(
                        Why.INVALID, "who takes a manifest without a verdict says who, and gives a reason");
            }
            manifests.skip(handle, new TestingSkipped(row.name(), manifest, request.who(), request.untested(), now));
            return Head.Cause.OVERRIDDEN;
        }
        Verdict verdict = manifests
                .verdict(handle, manifest)
                .orElseThrow(() -> new EnvironmentRefusal(
                        Why.UNTESTED, "manifest " + manifest + " has no verdict: integrate it first"));
        Duration valid = row.rules().valid();
        if (valid != null && !now.isBefore(verdict.at().plus(valid))) {
            throw new EnvironmentRefusal(
                    Why.UNTESTED,
                    "the verdict on manifest " + manifest + " counted until "
                            + verdict.at().plus(valid) + ": integrate it again");
        }
        based(handle, row, manifest, verdict);
        return Head.Cause.RELEASED;
    }

    /** Refuses what would take something back that came to the environment after the manifest was tested. */
    private void based(Handle handle, EnvironmentRows.Row row, String manifest, Verdict verdict) {
        if (verdict.base().equals(row.name())) {
            if (verdict.baseNumber() != row.head()) {
                throw new EnvironmentRefusal(
                        Why.STALE,
                        "manifest " + manifest + " was tested on head " + verdict.baseNumber() + " of " + row.name()
                                + ", and head " + row.head() + " is there now: integrate it again");
            }
            return;
        }
        String before = row.rules().after();
        Optional<Long> came = before == null ? Optional.empty() : manifests.was(handle, before, manifest);
        if (came.isEmpty()) {
            throw new EnvironmentRefusal(
                    Why.UNTESTED,
                    "manifest " + manifest + " was not in " + (before == null ? verdict.base() : before)
                            + ", which comes before " + row.name() + ": release it there first");
        }
        Head head = manifests.head(handle, row);
        boolean taken = head.number() == 0
                || manifests
                        .was(handle, before, head.manifest().id())
                        .filter(n -> n <= came.get())
                        .isPresent();
        if (!taken) {
            throw new EnvironmentRefusal(
                    Why.STALE,
                    "what is in " + row.name() + " did not come through " + before + " before manifest " + manifest
                            + ": integrate it again");
        }
    }
}
