package dev.tarn.access;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;

/**
 * Goes through one chain from its kept beginning to its end, a batch of entries at a time, while servers may seal on and
 * retention may remove. Every entry is hashed anew. After a wrong entry it goes on from that entry's own hash, so that one
 * edit is one problem and a second one is found too.
 */
final class AuditVerification {
    static final int MOST_PROBLEMS = 100;

    private static final int BATCH = 5_000;

    private final AuditChainStore store;
    private final UUID tenantId;
    private final NavigableMap<Long, Set<String>> known = new TreeMap<>();
    private final List<AuditReport.Problem> problems = new ArrayList<>();
    private final Set<String> removals = new TreeSet<>();
    private boolean more;

    private AuditChainStore.Head base;
    private long first;
    private long last;
    private String hash;
    private long entries;

    private AuditVerification(AuditChainStore store, UUID tenantId, AuditChainStore.Head base, List<AuditHead> heads) {
        this.store = store;
        this.tenantId = tenantId;
        this.base = base;
        this.first = base.base() + 1;
        this.last = base.base();
        this.hash = base.baseHash();
        heads.forEach(head ->
                known.computeIfAbsent(head.sequence(), any -> new TreeSet<>()).add(head.hash()));
    }

    /** Verifies the chain of a tenant, and that it goes through the known heads. */
    static AuditReport of(AuditChainStore store, UUID tenantId, List<AuditHead> known) {
        Optional<AuditChainStore.Head> head = store.head(tenantId);
        AuditVerification verification = new AuditVerification(
                store,
                tenantId,
                head.orElse(new AuditChainStore.Head(
                        0, AuditChain.BEGINNING, java.time.Instant.EPOCH, 0, AuditChain.BEGINNING)),
                known);
        return verification.run(head.isPresent());
    }

    private AuditReport run(boolean hasHead) {
        if (!hasHead && !store.after(tenantId, Long.MIN_VALUE, 1).isEmpty()) {
            problem(0, null, "The head of the chain is gone");
        }
        checkKnown(base.base(), base.baseHash());
        Optional<AuditChainStore.Head> head = walk();
        checkBase();
        checkCount();
        known.tailMap(last, false)
                .keySet()
                .forEach(sequence -> problem(
                        sequence,
                        null,
                        "The tail is cut off: a head that was kept elsewhere says entry %d, and the chain ends at %d"
                                .formatted(sequence, last)));
        return new AuditReport(
                problems.isEmpty(),
                entries,
                first,
                last == 0
                        ? Optional.empty()
                        : Optional.of(new AuditHead(last, hash, head.map(AuditChainStore.Head::sealedAt))),
                store.countUnsealed(tenantId),
                problems);
    }

    /** To where the head is when nothing more comes; entries and head are committed together, so the head is read last. */
    private Optional<AuditChainStore.Head> walk() {
        while (true) {
            List<AuditChainStore.Sealed> batch = store.after(tenantId, last, BATCH);
            batch.forEach(this::check);
            if (!batch.isEmpty()) {
                continue;
            }
            Optional<AuditChainStore.Head> head = store.head(tenantId);
            if (head.isEmpty()) {
                return head;
            }
            if (store.after(tenantId, last, 1).isEmpty()) {
                checkHead(head.get());
                return head;
            }
        }
    }

    private void checkHead(AuditChainStore.Head head) {
        if (head.sequence() > last) {
            problem(
                    last + 1,
                    null,
                    "The tail is cut off: the head says entry %d, and the chain ends at %d"
                            .formatted(head.sequence(), last));
        } else if (head.sequence() < last) {
            problem(
                    head.sequence(),
                    null,
                    "The head was changed: it says entry %d, and the chain goes on to %d"
                            .formatted(head.sequence(), last));
        } else if (!head.hash().equals(hash)) {
            problem(last, null, "The head was changed: its hash is not that of the last entry");
        }
    }

    private void check(AuditChainStore.Sealed entry) {
        AuditChainStore.Row row = entry.row();
        if (entry.sequence() == last && entries > 0) {
            problem(last, row.id(), "An entry was inserted: there are two with the place %d".formatted(last));
            return;
        }
        if (entry.sequence() != last + 1 && !removedMeanwhile(entry.sequence())) {
            problem(
                    last + 1,
                    null,
                    entry.sequence() == last + 2
                            ? "Entry %d is missing".formatted(last + 1)
                            : "Entries %d to %d are missing".formatted(last + 1, entry.sequence() - 1));
            hash = ""; // what this one must follow is not known; that the next ones follow it is checked
        }
        checkHash(entry);
        entries++;
        last = entry.sequence();
        hash = String.valueOf(entry.hash());
        checkKnown(last, hash);
        AuditRetention.removal(row).ifPresent(said -> removals.add(said.text()));
    }

    private void checkHash(AuditChainStore.Sealed entry) {
        String id = entry.row().id();
        if (entry.encoding() != AuditChain.ENCODING) {
            problem(
                    entry.sequence(),
                    id,
                    "The entry names the encoding %d, which this version does not know; it was changed, or a newer version sealed it"
                            .formatted(entry.encoding()));
        } else if (!hash.isEmpty()
                && !AuditChain.hash(hash, entry.sequence(), entry.row()).equals(entry.hash())) {
            problem(
                    entry.sequence(),
                    id,
                    "The entry does not fit its hash and the entry before it: it was changed, inserted or moved here");
        }
    }

    /** Retention went on while this read; it has moved the base past the gap. */
    private boolean removedMeanwhile(long sequence) {
        Optional<AuditChainStore.Head> now = store.head(tenantId);
        if (now.isEmpty() || now.get().base() <= base.base() || now.get().base() != sequence - 1) {
            return false;
        }
        base = now.get();
        first = sequence;
        last = sequence - 1;
        hash = base.baseHash();
        return true;
    }

    /** Heads kept elsewhere for entries that the walk has passed must be the chain's own. */
    private void checkKnown(long sequence, String stored) {
        Set<String> hashes = known.get(sequence);
        if (hashes != null && !(hashes.size() == 1 && hashes.contains(stored))) {
            problem(
                    sequence,
                    null,
                    "The chain was written anew: a head that was kept elsewhere has another hash for entry %d"
                            .formatted(sequence));
        }
    }

    /** Without an entry that says so, a missing beginning is no retention; that entry may not be sealed yet. */
    private void checkBase() {
        if (base.base() == 0) {
            if (!base.baseHash().equals(AuditChain.BEGINNING)) {
                problem(1, null, "The head was changed: the chain does not begin as a chain begins");
            }
            return;
        }
        store.unsealed(tenantId, BATCH)
                .forEach(row -> AuditRetention.removal(row).ifPresent(said -> removals.add(said.text())));
        if (!removals.contains(base.base() + ":" + base.baseHash()) && !baseMoved()) {
            problem(
                    base.base(),
                    null,
                    "The beginning is cut off: the head says that entries up to %d were removed, and no entry says that retention did it"
                            .formatted(base.base()));
        }
    }

    /** One that shares another's place may stand where the walk's batches meet. */
    private void checkCount() {
        long stored = store.count(tenantId, base.base(), last);
        long before = store.count(tenantId, Long.MIN_VALUE, base.base());
        if (baseMoved()) {
            return; // retention went on while this read
        }
        if (before > 0) {
            problem(base.base(), null, "Entries were inserted before the beginning of the chain: %d".formatted(before));
        }
        if (stored > entries && problems.isEmpty()) {
            problem(last, null, "Entries were inserted: there are %d for %d places".formatted(stored, entries));
        }
    }

    private boolean baseMoved() {
        Optional<AuditChainStore.Head> now = store.head(tenantId);
        return now.isPresent() && now.get().base() != base.base();
    }

    private void problem(long sequence, @org.jspecify.annotations.Nullable String entryId, String text) {
        if (problems.size() < MOST_PROBLEMS) {
            problems.add(new AuditReport.Problem(
                    sequence == 0 ? Optional.empty() : Optional.of(sequence), Optional.ofNullable(entryId), text));
        } else if (!more) {
            more = true;
            problems.add(new AuditReport.Problem(
                    Optional.empty(), Optional.empty(), "There are more problems; only the first are listed"));
        }
    }

    /** The known heads of one tenant, from logs and from the caller. */
    static List<AuditHead> merged(Map<UUID, List<AuditHead>> logged, UUID tenantId, List<AuditHead> given) {
        List<AuditHead> all = new ArrayList<>(logged.getOrDefault(tenantId, List.of()));
        all.addAll(given);
        return all;
    }
}
