package io.sluice.gateway.selection;

import java.util.List;

/**
 * Everything the data plane needs to choose a CDN, immutable: the CDNs, for each bucket of keys their full order, and which of
 * them may be used. Choosing reads a few array cells; it neither allocates nor locks.
 */
public final class Snapshot {
    /** How many buckets keys fall into. */
    public static final int BUCKETS = 4096;

    /** Most CDNs in a snapshot. */
    public static final int MAX_CDNS = 32;

    /** What {@link #choose} answers when no CDN may be used. */
    public static final int NONE = -1;

    private static final int TRIAL_BUCKETS = BUCKETS / 100;

    private final long version;
    private final List<Candidate> candidates;
    private final Ranking ranking;
    private final AllDown allDown;
    private final int[] admitted;
    private final boolean panic;
    private final Overlay drill;

    private Snapshot(long version, List<Candidate> candidates, Ranking ranking, AllDown allDown) {
        this.version = version;
        this.candidates = candidates;
        this.ranking = ranking;
        this.allDown = allDown;
        this.admitted = new int[candidates.size()];
        boolean any = admit(CdnStatus.UP, BUCKETS);
        if (any) {
            admit(CdnStatus.TRIAL, TRIAL_BUCKETS);
            this.panic = false;
        } else if (admit(CdnStatus.TRIAL, BUCKETS)) {
            this.panic = false;
        } else {
            this.panic = admitInPanic();
        }
        this.drill = panic ? Overlay.NONE : Overlay.of(candidates);
    }

    /**
     * Ranks the CDNs.
     *
     * @param version of the set of CDNs
     * @param candidates at most {@value #MAX_CDNS}, in any order
     * @param allDown what to do when none is healthy
     */
    public static Snapshot of(long version, List<Candidate> candidates, AllDown allDown) {
        if (candidates.size() > MAX_CDNS) {
            throw new IllegalArgumentException("at most " + MAX_CDNS + " CDNs, were " + candidates.size());
        }
        List<Candidate> copy = List.copyOf(candidates);
        return new Snapshot(version, copy, Ranking.of(copy), allDown);
    }

    /** The same CDNs, ranked the same, in other states; this one when nothing changed. */
    public Snapshot withStatuses(long newVersion, List<CdnStatus> statuses) {
        boolean changed = newVersion != version;
        Candidate[] next = new Candidate[candidates.size()];
        for (int cdn = 0; cdn < next.length; cdn++) {
            next[cdn] = candidates.get(cdn).withStatus(statuses.get(cdn));
            changed |= !next[cdn].equals(candidates.get(cdn));
        }
        return changed ? new Snapshot(newVersion, List.of(next), ranking, allDown) : this;
    }

    /** The bucket of a key. */
    public static int bucketOf(long hash) {
        return (int) hash & (BUCKETS - 1);
    }

    /** The best CDN of a bucket that may be used, or {@link #NONE}. */
    public int choose(int bucket) {
        int cdn = drill.none() ? NONE : first(bucket, true);
        // A key that nobody else can take is no key to drill with.
        return cdn == NONE ? first(bucket, false) : cdn;
    }

    private int first(int bucket, boolean drilled) {
        for (int place = 0; place < admitted.length; place++) {
            int cdn = ranking.at(bucket, place);
            if (healthy(cdn, bucket) && !(drilled && drill.withholds(cdn, bucket))) {
                return cdn;
            }
        }
        return NONE;
    }

    /** Whether a drill runs. */
    public boolean drilled() {
        return !drill.none();
    }

    /** Whether the CDN that a bucket would have is withheld by a drill. */
    public boolean displaced(int bucket) {
        int cdn = first(bucket, false);
        return cdn != NONE && drill.withholds(cdn, bucket);
    }

    /** The CDN at a place of a bucket's order, from 0; whether it may be used is another question. */
    public int ranked(int bucket, int place) {
        return ranking.at(bucket, place);
    }

    /** Whether a CDN may be used for a bucket. */
    public boolean admits(int cdn, int bucket) {
        return healthy(cdn, bucket) && !drill.withholds(cdn, bucket);
    }

    private boolean healthy(int cdn, int bucket) {
        int share = admitted[cdn];
        return share == BUCKETS || scattered(bucket) < share;
    }

    /** A number of 0 to 4095 for each bucket, the same for no two, so that a trial takes buckets from all over. */
    private static int scattered(int bucket) {
        return (bucket * 0x9e5) & (BUCKETS - 1);
    }

    /** How many CDNs there are. */
    public int size() {
        return admitted.length;
    }

    public Candidate candidate(int cdn) {
        return candidates.get(cdn);
    }

    public List<Candidate> candidates() {
        return candidates;
    }

    /** Of the set of CDNs. */
    public long version() {
        return version;
    }

    /** Whether none is healthy and static order is used instead. */
    public boolean panic() {
        return panic;
    }

    /** Whether any CDN may be used. */
    public boolean usable() {
        for (int share : admitted) {
            if (share > 0) {
                return true;
            }
        }
        return false;
    }

    private boolean admit(CdnStatus status, int share) {
        boolean any = false;
        for (int cdn = 0; cdn < admitted.length; cdn++) {
            if (candidates.get(cdn).status() == status) {
                admitted[cdn] = share;
                any = true;
            }
        }
        return any;
    }

    private boolean admitInPanic() {
        boolean any = false;
        for (int cdn = 0; cdn < admitted.length; cdn++) {
            CdnStatus status = candidates.get(cdn).status();
            boolean use = switch (allDown) {
                case NEVER -> false;
                case ANSWERING -> status.answers();
                case ALWAYS -> status != CdnStatus.DRAINED;
            };
            if (use) {
                admitted[cdn] = BUCKETS;
                any = true;
            }
        }
        return any;
    }
}
