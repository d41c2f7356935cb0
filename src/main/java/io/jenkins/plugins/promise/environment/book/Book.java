package io.jenkins.plugins.promise.environment.book;

import io.jenkins.plugins.promise.ledger.Ledger;
import java.time.Clock;
import java.util.Set;

/** All that a ledger keeps of environments. */
public final class Book {
    private final Environments environments;
    private final Leases leases;
    private final Candidates candidates;
    private final Works works;

    /**
     * Opens it.
     *
     * @param holders who has leases
     * @param self the addresses of the controller that this runs on, which releases nothing to itself
     */
    public Book(Ledger ledger, Clock clock, Holders holders, Set<String> self) {
        Transactions transactions = new Transactions(ledger, clock);
        EnvironmentRows environmentRows = new EnvironmentRows();
        ManifestRows manifestRows = new ManifestRows();
        CandidateRows candidateRows = new CandidateRows();
        WorkRows workRows = new WorkRows();
        LeaseRows leaseRows = new LeaseRows(environmentRows, candidateRows, workRows, holders);
        environments = new Environments(transactions, environmentRows, manifestRows, candidateRows, leaseRows);
        leases = new Leases(transactions, environmentRows, leaseRows);
        candidates = new Candidates(transactions, environmentRows, candidateRows);
        ReleaseCheck check = new ReleaseCheck(manifestRows, self);
        Endings endings = new Endings(environmentRows, manifestRows, candidateRows);
        works = new Works(
                transactions, environmentRows, manifestRows, candidateRows, leaseRows, workRows, check, endings);
    }

    /**
     * Opens it for a controller that starts. Whoever had a lease when the one before it ended goes on with it, for nobody
     * else can have asked meanwhile; of a ledger that others use too they keep theirs by themselves.
     *
     * @param self the controller's address
     */
    public static Book opened(Ledger ledger, Clock clock, String self) {
        Book book = new Book(ledger, clock, Holders.promises(), Set.of(self));
        if (!ledger.shared()) {
            book.leases.renew(holder -> true);
        }
        return book;
    }

    /** The environments, and what was and is there. */
    public Environments environments() {
        return environments;
    }

    /** Who may change them. */
    public Leases leases() {
        return leases;
    }

    /** What is on its way. */
    public Candidates candidates() {
        return candidates;
    }

    /** What is done in them. */
    public Works works() {
        return works;
    }
}
