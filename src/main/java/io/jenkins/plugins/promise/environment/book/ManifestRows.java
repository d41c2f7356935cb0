package io.jenkins.plugins.promise.environment.book;

import io.jenkins.plugins.promise.environment.Approval;
import io.jenkins.plugins.promise.environment.EnvironmentRefusal;
import io.jenkins.plugins.promise.environment.Head;
import io.jenkins.plugins.promise.environment.Lease;
import io.jenkins.plugins.promise.environment.Manifest;
import io.jenkins.plugins.promise.environment.TestingSkipped;
import io.jenkins.plugins.promise.environment.Verdict;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Manifests, the heads that they were, and what was said of them, as rows. */
final class ManifestRows {
    private static final String HEADS =
            "SELECT h.environment, h.number, m.entries, h.cause, h.promise, h.at FROM environment_head h"
                    + " JOIN manifest m ON m.id = h.manifest WHERE h.environment = ? ";

    /** Keeps a manifest, if it is not kept yet. */
    void keep(Handle handle, Manifest manifest, Instant now) {
        handle.execute(
                "INSERT INTO manifest (id, entries, made) VALUES (?, ?, ?) ON CONFLICT (id) DO NOTHING",
                manifest.id(),
                Stored.text(manifest),
                now.toEpochMilli());
    }

    Optional<Manifest> find(Handle handle, String id) {
        return handle.select("SELECT entries FROM manifest WHERE id = ?", id)
                .mapTo(String.class)
                .findOne()
                .map(text -> Stored.read(text, Manifest.class));
    }

    Manifest get(Handle handle, String id) {
        return find(handle, id)
                .orElseThrow(() ->
                        new EnvironmentRefusal(EnvironmentRefusal.Why.UNKNOWN, "there is no manifest '" + id + "'"));
    }

    /** What is there. */
    Head head(Handle handle, EnvironmentRows.Row row) {
        return row.head() == 0
                ? Head.none(row.name())
                : handle.select(HEADS + "AND h.number = ?", row.name(), row.head())
                        .map((r, context) -> head(r))
                        .one();
    }

    /** What was there, the latest first. */
    List<Head> history(Handle handle, String environment, int most) {
        return handle.select(HEADS + "ORDER BY h.number DESC LIMIT ?", environment, most)
                .map((row, context) -> head(row))
                .list();
    }

    private static Head head(ResultSet row) throws SQLException {
        return new Head(
                row.getString(1),
                row.getLong(2),
                Stored.read(row.getString(3), Manifest.class),
                Head.Cause.valueOf(row.getString(4)),
                row.getString(5),
                Instant.ofEpochMilli(row.getLong(6)));
    }

    /** The number of the latest head of an environment that was this manifest; nothing if none was. */
    Optional<Long> was(Handle handle, String environment, String manifest) {
        return handle.select(
                        "SELECT max(number) FROM environment_head WHERE environment = ? AND manifest = ?",
                        environment,
                        manifest)
                .map((row, context) -> row.getLong(1))
                .findOne()
                .filter(n -> n > 0);
    }

    /**
     * Moves a head from one manifest to another.
     *
     * @throws EnvironmentRefusal if it is no longer where it was, or the lease is not the latest
     */
    void move(Handle handle, Lease lease, long from, Manifest manifest, Head.Cause cause, Instant now) {
        keep(handle, manifest, now);
        int moved = handle.execute(
                "UPDATE environment SET head = ? WHERE name = ? AND head = ? AND fence = ?",
                from + 1,
                lease.environment(),
                from,
                lease.fence());
        if (moved != 1) {
            throw new EnvironmentRefusal(
                    EnvironmentRefusal.Why.CONFLICT,
                    "the head of " + lease.environment() + " is no longer number " + from);
        }
        handle.execute(
                "INSERT INTO environment_head (environment, number, manifest, cause, promise, at)"
                        + " VALUES (?, ?, ?, ?, ?, ?)",
                lease.environment(),
                from + 1,
                manifest.id(),
                cause.name(),
                lease.holder(),
                now.toEpochMilli());
    }

    /** Says that a manifest passed. */
    void pass(Handle handle, Verdict verdict) {
        handle.execute(
                "DELETE FROM verdict WHERE manifest = ? AND base = ? AND base_number = ?",
                verdict.manifest(),
                verdict.base(),
                verdict.baseNumber());
        handle.execute(
                "INSERT INTO verdict (manifest, base, base_number, at, record) VALUES (?, ?, ?, ?, ?)",
                verdict.manifest(),
                verdict.base(),
                verdict.baseNumber(),
                verdict.at().toEpochMilli(),
                Stored.text(verdict));
    }

    /** The verdict on a manifest that is built on the latest base; nothing if it has none. */
    Optional<Verdict> verdict(Handle handle, String manifest) {
        return handle
                .select("SELECT record FROM verdict WHERE manifest = ? ORDER BY at DESC, base_number DESC", manifest)
                .mapTo(String.class)
                .list()
                .stream()
                .findFirst()
                .map(text -> Stored.read(text, Verdict.class));
    }

    void skip(Handle handle, TestingSkipped skipped) {
        handle.execute(
                "INSERT INTO environment_override (environment, manifest, who, reason, at) VALUES (?, ?, ?, ?, ?)"
                        + " ON CONFLICT (environment, manifest, at) DO NOTHING",
                skipped.environment(),
                skipped.manifest(),
                skipped.who(),
                skipped.reason(),
                skipped.at().toEpochMilli());
    }

    Optional<TestingSkipped> skipped(Handle handle, String environment, String manifest) {
        return handle.select(
                        "SELECT who, reason, at FROM environment_override WHERE environment = ? AND manifest = ?"
                                + " ORDER BY at DESC LIMIT 1",
                        environment,
                        manifest)
                .map((row, context) -> new TestingSkipped(
                        environment,
                        manifest,
                        row.getString(1),
                        row.getString(2),
                        Instant.ofEpochMilli(row.getLong(3))))
                .findOne();
    }

    void approve(Handle handle, Approval approval) {
        handle.execute(
                "DELETE FROM environment_approval WHERE environment = ? AND manifest = ?",
                approval.environment(),
                approval.manifest());
        handle.execute(
                "INSERT INTO environment_approval (environment, manifest, who, at, ends) VALUES (?, ?, ?, ?, ?)",
                approval.environment(),
                approval.manifest(),
                approval.who(),
                approval.at().toEpochMilli(),
                approval.until() == null ? null : approval.until().toEpochMilli());
    }

    Optional<Approval> approval(Handle handle, String environment, String manifest) {
        return handle.select(
                        "SELECT who, at, ends FROM environment_approval WHERE environment = ? AND manifest = ?",
                        environment,
                        manifest)
                .map((row, context) -> {
                    long ends = row.getLong(3);
                    Instant until = row.wasNull() ? null : Instant.ofEpochMilli(ends);
                    return new Approval(
                            environment, manifest, row.getString(1), Instant.ofEpochMilli(row.getLong(2)), until);
                })
                .findOne();
    }
}
