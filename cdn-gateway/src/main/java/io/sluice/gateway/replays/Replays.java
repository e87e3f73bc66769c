package io.sluice.gateway.replays;

import io.sluice.gateway.cdns.CdnDirectory;
import io.sluice.gateway.markets.Market;
import io.sluice.gateway.markets.MarketFit;
import io.sluice.gateway.markets.Markets;
import io.sluice.gateway.markets.PolicyRequest;
import io.sluice.gateway.pricing.Contract;
import io.sluice.gateway.pricing.Contracts;
import io.sluice.gateway.pricing.UsageWatch;
import io.sluice.gateway.recording.DecisionSample;
import io.sluice.gateway.recording.NothingRecorded;
import io.sluice.gateway.recording.Recorded;
import io.sluice.gateway.selection.Candidate;
import io.sluice.gateway.selection.CdnStatus;
import io.sluice.gateway.selection.Snapshot;
import io.sluice.platform.problem.InvalidRequest;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Replays the same requests under the policies in force and under those to try, by the code that decides live. */
@Singleton
class Replays {
    private static final double DEFAULT_BYTES = 50_000;
    private static final double MAX_BYTES = 1e9;
    private static final int DEFAULT_POPS = 6;
    private static final int MAX_POPS = 64;
    private static final int DEFAULT_OBJECTS = 20_000;
    private static final int MAX_OBJECTS = 1_000_000;

    private final CdnDirectory directory;
    private final Markets markets;
    private final Contracts contracts;
    private final UsageWatch usage;
    private final DecisionSample sample;
    private final ReplayLog log;

    Replays(
            CdnDirectory directory,
            Markets markets,
            Contracts contracts,
            UsageWatch usage,
            DecisionSample sample,
            ReplayLog log) {
        this.directory = directory;
        this.markets = markets;
        this.contracts = contracts;
        this.usage = usage;
        this.sample = sample;
        this.log = log;
    }

    /** Takes a few seconds of one core for the longest log. */
    ReplayReport replay(ReplayRequest question) {
        List<Market> proposedMarkets = proposed(question.policies());
        Map<String, Contract> proposedContracts = contracts(question.contracts());
        if (question.policies() == null && question.contracts() == null) {
            throw new InvalidRequest("policies", "or contracts must say what to try");
        }
        double bytesEach = within("bytesEach", question.bytesEach(), DEFAULT_BYTES, 0, MAX_BYTES);
        int pops = (int) within("pops", whole(question.pops()), DEFAULT_POPS, 1, MAX_POPS);
        int objects = (int) within("objectsPerPop", whole(question.objectsPerPop()), DEFAULT_OBJECTS, 1, MAX_OBJECTS);
        List<Recorded> recorded = question.log() == null ? sample.recorded() : List.of();
        if (question.log() == null && recorded.isEmpty()) {
            throw new NothingRecorded("post a log");
        }
        List<Request> requests = question.log() == null
                ? ReplayLog.of(recorded, bytesEach, new HashMap<>())
                : log.of(question.log(), bytesEach);
        int times = question.log() == null ? sample.oneIn() : 1;
        List<Candidate> cdns = candidates();
        List<Rehearsal.Fate> now =
                rehearse(markets.all(), contracts.byCdn(), times, pops, objects).run(requests);
        List<Rehearsal.Fate> then = rehearse(proposedMarkets, proposedContracts, times, pops, objects)
                .run(requests);
        Tally tally = new Tally(requests, times);
        return new ReplayReport(
                question.log() == null ? ReplayReport.Source.SAMPLE : ReplayReport.Source.LOG,
                requests.size(),
                times,
                (int) requests.stream().mapToInt(Request::object).distinct().count(),
                Instant.ofEpochMilli(requests.getFirst().epochMillis()),
                Instant.ofEpochMilli(requests.getLast().epochMillis()),
                moved(now, then),
                recorded.isEmpty() ? null : reproduced(recorded, now, cdns),
                tally.timesInMonth(),
                tally.of(now, cdns, contracts.byCdn()),
                tally.of(then, cdns, proposedContracts));
    }

    private Rehearsal rehearse(List<Market> in, Map<String, Contract> terms, int times, int pops, int objects) {
        List<Candidate> cdns = candidates();
        return new Rehearsal(cdns, in, terms, usage.current(), times, new CacheModel(cdns.size(), pops, objects));
    }

    /** All that an operator lets take traffic, as if they were well: what ailed when is not recorded. */
    private List<Candidate> candidates() {
        return directory.candidates().stream()
                .map(cdn -> new Candidate(
                        cdn.name(),
                        cdn.url(),
                        cdn.weight(),
                        cdn.status() == CdnStatus.DRAINED ? CdnStatus.DRAINED : CdnStatus.UP))
                .toList();
    }

    private List<Market> proposed(@Nullable Map<String, PolicyRequest> policies) {
        List<Market> all = new ArrayList<>(markets.all());
        if (policies != null && policies.isEmpty()) {
            throw new InvalidRequest("policies", "must not be empty");
        }
        Map<String, PolicyRequest> given = policies == null ? Map.of() : policies;
        given.forEach((name, body) -> {
            Market market = MarketFit.of(name, body);
            all.replaceAll(old -> old.name().equals(name) ? market : old);
            if (!all.contains(market)) {
                all.add(market);
            }
        });
        List<String> names = directory.current().names();
        given.keySet()
                .forEach(name -> all.stream()
                        .filter(market -> market.name().equals(name))
                        .forEach(market -> MarketFit.require(market, all, names)));
        return all;
    }

    private Map<String, Contract> contracts(@Nullable Map<String, Contract> given) {
        Map<String, Contract> all = new HashMap<>(contracts.byCdn());
        if (given != null) {
            List<String> names = directory.current().names();
            given.forEach((name, contract) -> {
                if (!names.contains(name)) {
                    throw new InvalidRequest("contracts", "names " + name + ", which is no CDN; there are: " + names);
                }
                all.put(name, contract);
            });
        }
        if (all.values().stream().map(Contract::currency).distinct().count() > 1) {
            throw new InvalidRequest("contracts", "must all be in one currency");
        }
        return all;
    }

    private static double moved(List<Rehearsal.Fate> now, List<Rehearsal.Fate> then) {
        int moved = 0;
        for (int i = 0; i < now.size(); i++) {
            moved += now.get(i).cdn() == then.get(i).cdn() ? 0 : 1;
        }
        return moved / (double) now.size();
    }

    private static double reproduced(List<Recorded> recorded, List<Rehearsal.Fate> now, List<Candidate> cdns) {
        int same = 0;
        for (int i = 0; i < now.size(); i++) {
            int cdn = now.get(i).cdn();
            same += cdn != Snapshot.NONE
                            && cdns.get(cdn).name().equals(recorded.get(i).cdn())
                    ? 1
                    : 0;
        }
        return same / (double) now.size();
    }

    private static @Nullable Double whole(@Nullable Integer value) {
        return value == null ? null : value.doubleValue();
    }

    private static double within(String field, @Nullable Double value, double standard, double least, double most) {
        double used = value == null ? standard : value;
        if (!(used >= least && used <= most)) {
            throw new InvalidRequest(field, "must be %.0f-%.0f".formatted(least, most));
        }
        return used;
    }
}
