package io.sluice.gateway.selection;

import java.util.List;

/**
 * Everything the data plane needs to choose a CDN in one market, immutable: the CDNs, for each bucket of keys their full order,
 * which of them may be used, where the hottest keys go and which buckets explore. Choosing reads a few array cells; it neither
 * allocates nor locks.
 */
public final class Snapshot {
    /** How many buckets keys fall into. */
    public static final int BUCKETS = 4096;

    /** Most CDNs in a snapshot. */
    public static final int MAX_CDNS = 32;

    /** What {@link #choose} answers when no CDN may be used. */
    public static final int NONE = -1;

    private static final int TRIAL_BUCKETS = BUCKETS / 100;

    private final String market;
    private final long version;
    private final List<Candidate> candidates;
    private final List<Double> shares;
    private final Ranking ranking;
    private final AllDown allDown;
    private final int[] admitted;
    private final boolean panic;
    private final HotSpread hot;
    private final Exploration exploration;
    private final Traffic traffic;
    private final Overlay drill;

    private Snapshot(SnapshotPlan plan, Ranking ranking, HotSpread hot) {
        this.market = plan.market();
        this.version = plan.version();
        this.candidates = plan.candidates();
        this.shares = plan.shares();
        this.ranking = ranking;
        this.allDown = plan.allDown();
        this.hot = hot;
        this.exploration = plan.exploration();
        this.traffic = plan.traffic();
        this.admitted = new int[candidates.size()];
        this.panic = !admitHealthy() && admitInPanic();
        this.drill = panic ? Overlay.NONE : Overlay.of(candidates);
    }

    /** Ranks the CDNs by their weights: a market without a policy. */
    public static Snapshot of(long version, List<Candidate> candidates, AllDown allDown) {
        Rendezvous rendezvous =
                Rendezvous.of(candidates.stream().map(Candidate::name).toList());
        List<Double> shares = candidates.stream().map(Candidate::weight).toList();
        Traffic traffic = new Traffic(candidates.size(), new Popularity());
        return of(
                new SnapshotPlan("default", version, candidates, shares, allDown, Exploration.NONE, traffic),
                rendezvous);
    }

    /** Ranks the CDNs as planned. */
    public static Snapshot of(SnapshotPlan plan, Rendezvous rendezvous) {
        return new Snapshot(plan, Ranking.of(rendezvous, plan.shares()), HotSpread.NONE);
    }

    /** The next snapshot of this market: ranked anew only when names or shares have changed. */
    public Snapshot next(SnapshotPlan plan, Rendezvous rendezvous, HotSpread spread) {
        boolean same = plan.shares().equals(shares) && names(plan.candidates()).equals(names(candidates));
        return new Snapshot(plan, same ? ranking : Ranking.of(rendezvous, plan.shares()), spread);
    }

    /** The same CDNs, ranked the same, in other states; this one when nothing changed. */
    public Snapshot withStatuses(long newVersion, List<CdnStatus> statuses) {
        boolean changed = newVersion != version;
        Candidate[] next = new Candidate[candidates.size()];
        for (int cdn = 0; cdn < next.length; cdn++) {
            next[cdn] = candidates.get(cdn).withStatus(statuses.get(cdn));
            changed |= !next[cdn].equals(candidates.get(cdn));
        }
        SnapshotPlan plan = new SnapshotPlan(market, newVersion, List.of(next), shares, allDown, exploration, traffic);
        return changed ? new Snapshot(plan, ranking, hot) : this;
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

    /**
     * The CDN of a key for a client: a hot key goes where the spread sends it, any other to the best CDN of its bucket.
     *
     * @param client any number that stays the same for a client
     * @return index, or {@link #NONE}
     */
    public int choose(long hash, long client) {
        int bucket = bucketOf(hash);
        if (isHot(hash)) {
            int cdn = hot.of(hash, client);
            if (admits(cdn, bucket)) {
                return cdn;
            }
        } else if (explores(bucket)) {
            return exploration.cdn();
        }
        return choose(bucket);
    }

    /** Whether a key is one of those that are spread. */
    public boolean isHot(long hash) {
        return hot.set().contains(hash);
    }

    /** Whether a bucket is given to the CDN that is explored. */
    public boolean explores(int bucket) {
        int cdn = exploration.cdn();
        return cdn != NONE && exploration.has(scattered(bucket)) && admits(cdn, bucket);
    }

    /** Takes the counts of this market. */
    public Traffic traffic() {
        return traffic;
    }

    /** Name of the market it is for. */
    public String market() {
        return market;
    }

    /** The share of traffic that a CDN should have, 0-1. */
    public double share(int cdn) {
        return Ranking.shares(shares)[cdn];
    }

    /** The share of its keys that a CDN takes now, 0-1; a drill is not counted. */
    public double takes(int cdn) {
        return admitted[cdn] / (double) BUCKETS;
    }

    /** Whether a drill runs. */
    public boolean drilled() {
        return !drill.none();
    }

    /** Whether the CDN that a key would have for a client is withheld by a drill. */
    public boolean displaced(long hash, long client) {
        int bucket = bucketOf(hash);
        if (isHot(hash)) {
            int cdn = hot.of(hash, client);
            if (healthy(cdn, bucket)) {
                return drill.withholds(cdn, bucket);
            }
        }
        return displaced(bucket);
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

    private boolean admitHealthy() {
        if (admit(CdnStatus.UP, BUCKETS)) {
            admit(CdnStatus.TRIAL, TRIAL_BUCKETS);
            admitInPart();
            return true;
        }
        return admit(CdnStatus.TRIAL, BUCKETS);
    }

    /** Those that take a part of their keys, as long as there is one that takes all. */
    private void admitInPart() {
        if (candidates.stream().noneMatch(cdn -> cdn.status() == CdnStatus.UP && cdn.takes() >= 1)) {
            return;
        }
        for (int cdn = 0; cdn < admitted.length; cdn++) {
            CdnStatus status = candidates.get(cdn).status();
            if (status == CdnStatus.UP || status == CdnStatus.BREAKER_OPEN) {
                admitted[cdn] = (int) Math.round(Math.clamp(candidates.get(cdn).takes(), 0, 1) * BUCKETS);
            }
        }
    }

    private static List<String> names(List<Candidate> candidates) {
        return candidates.stream().map(Candidate::name).toList();
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
                case ALWAYS -> status != CdnStatus.DRAINED && status != CdnStatus.DENIED;
            };
            if (use) {
                admitted[cdn] = BUCKETS;
                any = true;
            }
        }
        return any;
    }
}
