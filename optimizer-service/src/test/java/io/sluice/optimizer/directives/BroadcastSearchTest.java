package io.sluice.optimizer.directives;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.contracts.directive.Axes;
import io.sluice.contracts.directive.Directive;
import io.sluice.contracts.directive.DirectiveLease;
import io.sluice.contracts.directive.DirectiveLease.Offer;
import io.sluice.contracts.directive.Mix;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/**
 * Every state that two optimizers and three receivers can come to, breadth first, when the network loses, repeats and reorders
 * what it likes: whatever was ever sent may arrive at any time, any number of times, or never. Receivers judge with the class
 * they use in production; of the optimizers, the fence of PostgreSQL is modelled: who writes must hold the newest epoch.
 */
class BroadcastSearchTest {
    private static final int WORKERS = 3;
    private static final int MOST_ISSUES = 3;
    private static final int MOST_EPOCHS = 3;
    private static final int MOST_STATES = 500_000;

    /** A directive that was sent: where it stands and who made it. */
    private record Sent(int epoch, int generation, int by) {}

    /**
     * @param epoch in PostgreSQL
     * @param believed the epoch each of the two optimizers thinks is its own; 0 for none
     * @param sent everything that may be on its way
     * @param held by each receiver, as position in {@code sent}; -1 for nothing
     */
    private record State(int epoch, List<Integer> believed, List<Sent> sent, List<Integer> held) {}

    private boolean fenced = true;
    private final Map<Sent, Directive> directives = new java.util.HashMap<>();
    private final List<String> faults = new ArrayList<>();

    @Test
    void every_reachable_state_is_free_of_split_brain_and_converges() {
        Set<State> states = search();
        assertThat(faults).isEmpty();
        assertThat(states.size()).isGreaterThan(1_000);
        states.forEach(state -> assertThat(reconciled(state)).isTrue());
    }

    @Test
    void without_the_fence_the_search_finds_a_split_brain() {
        fenced = false;
        search();
        assertThat(faults).isNotEmpty();
    }

    @Test
    void when_everybody_falls_silent_each_directive_decays_to_normal_and_never_rises() {
        Directive directive = directive(new Sent(1, 1, 1));
        DirectiveLease lease = new DirectiveLease(directive, 0);
        double last = directive.axes().egress();
        for (int leases = 0; leases <= Directive.MAX_LEVEL + 1; leases++) {
            long now =
                    Duration.ofSeconds((long) leases * directive.leaseSeconds()).toNanos();
            double level = lease.at(now).axes().egress();
            assertThat(level).isLessThanOrEqualTo(last);
            last = level;
        }
        assertThat(last).isZero();
    }

    private Set<State> search() {
        State first = new State(0, List.of(0, 0), List.of(), Collections.nCopies(WORKERS, -1));
        Set<State> seen = new HashSet<>(Set.of(first));
        Queue<State> open = new ArrayDeque<>(seen);
        while (!open.isEmpty() && faults.isEmpty()) {
            State state = open.remove();
            for (State next : next(state)) {
                if (seen.add(next)) {
                    open.add(next);
                }
            }
            assertThat(seen.size()).isLessThan(MOST_STATES);
        }
        return seen;
    }

    private List<State> next(State state) {
        List<State> next = new ArrayList<>();
        for (int optimizer = 0; optimizer < 2; optimizer++) {
            takeOver(state, optimizer, next);
            issue(state, optimizer, next);
        }
        for (int worker = 0; worker < WORKERS; worker++) {
            for (int message = 0; message < state.sent().size(); message++) {
                arrive(state, worker, message, next);
            }
        }
        return next;
    }

    /** The row has run out: another epoch begins. Whoever led before may not have noticed. */
    private void takeOver(State state, int optimizer, List<State> next) {
        if (state.epoch() < MOST_EPOCHS) {
            int epoch = fenced ? state.epoch() + 1 : Math.max(1, state.epoch());
            next.add(new State(epoch, with(state.believed(), optimizer, epoch), state.sent(), state.held()));
        }
    }

    /** In one transaction: the fence, the next generation, the directive. Without a fence both read before one writes. */
    private void issue(State state, int optimizer, List<State> next) {
        int believed = state.believed().get(optimizer);
        if (believed == 0 || state.sent().size() == MOST_ISSUES || (fenced && believed != state.epoch())) {
            return;
        }
        int known = fenced
                ? state.sent().size()
                : (int) state.sent().stream()
                        .filter(sent -> sent.by() == optimizer)
                        .count();
        List<Sent> sent = new ArrayList<>(state.sent());
        sent.add(new Sent(believed, known + 1, optimizer));
        next.add(new State(state.epoch(), state.believed(), List.copyOf(sent), state.held()));
    }

    private void arrive(State state, int worker, int message, List<State> next) {
        int held = state.held().get(worker);
        Directive offered = directive(state.sent().get(message));
        Offer offer = held < 0
                ? Offer.TAKEN
                : new DirectiveLease(directive(state.sent().get(held)), 0).judge(offered);
        if (offer == Offer.SPLIT_BRAIN) {
            faults.add("split brain at receiver " + worker + " in " + state);
        }
        if (offer != Offer.TAKEN) {
            return;
        }
        if (held >= 0 && !offered.newerThan(directive(state.sent().get(held)))) {
            faults.add("receiver " + worker + " went back in " + state);
        }
        next.add(new State(state.epoch(), state.believed(), state.sent(), with(state.held(), worker, message)));
    }

    /** One lossless reconcile: everybody reads the newest. */
    private boolean reconciled(State state) {
        if (state.sent().isEmpty()) {
            return true;
        }
        Directive newest = directive(state.sent().getLast());
        return state.held().stream().allMatch(held -> {
            if (held < 0) {
                return true;
            }
            Offer offer = new DirectiveLease(directive(state.sent().get(held)), 0).judge(newest);
            return offer == Offer.TAKEN || offer == Offer.REPEATED;
        });
    }

    private static List<Integer> with(List<Integer> list, int index, int value) {
        List<Integer> copy = new ArrayList<>(list);
        copy.set(index, value);
        return List.copyOf(copy);
    }

    /** Its content tells who made it. */
    private Directive directive(Sent sent) {
        return directives.computeIfAbsent(
                sent,
                made -> new DirectiveContent(
                                Directive.GLOBAL,
                                900,
                                null,
                                List.of("image-worker"),
                                new Axes(1 + made.by(), 0, 0, 0),
                                Mix.of(1 + made.by(), 0.01, "salt"),
                                new TreeMap<>(),
                                null,
                                null,
                                null,
                                new Directive.Reason("TEST", "search", Map.of()),
                                new Directive.Actor("CONTROLLER", "optimizer-" + made.by()))
                        .as(new UUID(made.epoch(), made.generation()), made.epoch(), made.generation(), Instant.EPOCH));
    }
}
