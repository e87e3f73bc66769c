package io.sluice.lfs.billing;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.scheduler.Scheduled;
import io.sluice.lfs.account.BillingPeriod;
import io.sluice.lfs.account.GithubConfig;
import io.sluice.platform.database.Database;
import io.sluice.platform.database.DatabaseUnavailable;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.random.RandomGenerator;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Pulls the days that are due, one after the other. A failure loses nothing: the day stays due, the figures we have stay, and
 * GitHub is left alone for as long as it asks for. Blocking; runs on a virtual thread, one at a time.
 */
@ApplicationScoped
public class BillingPoller {
    private static final Logger LOG = Logger.getLogger(BillingPoller.class);
    private static final Duration STORING = Duration.ofSeconds(10);

    private final GithubConfig github;
    private final BillingConfig config;
    private final GithubBilling billing;
    private final PullStore store;
    private final PulledStore pulled;
    private final Database database;
    private final InstantSource clock;
    private final BillingMeters meters;
    private final Event<FiguresChanged> changed;
    private final PullPlan plan;
    private final PullBoard board;
    private final ReentrantLock running = new ReentrantLock();
    private volatile boolean stopping;

    BillingPoller(
            GithubConfig github,
            BillingConfig config,
            GithubBilling billing,
            PullStore store,
            PulledStore pulled,
            Database database,
            InstantSource clock,
            RandomGenerator random,
            BillingMeters meters,
            Event<FiguresChanged> changed) {
        this.github = github;
        this.config = config;
        this.billing = billing;
        this.store = store;
        this.pulled = pulled;
        this.database = database;
        this.clock = clock;
        this.meters = meters;
        this.changed = changed;
        this.plan = new PullPlan(config);
        this.board = new PullBoard(config, random);
        meters.dataAge(this::status);
    }

    /** Fired after a run that wrote figures. */
    public record FiguresChanged(int days) {}

    @Scheduled(every = "${sluice.lfs.billing.tick}", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    @RunOnVirtualThread
    void tick() throws InterruptedException {
        poll();
    }

    void stop(@Observes ShutdownEvent event) {
        stopping = true;
    }

    /** Pulls what is due; returns at once while GitHub is to be left alone or another run is under way. */
    void poll() throws InterruptedException {
        if (off() != null || !database.migrated() || board.paused(clock.instant()) || !running.tryLock()) {
            return;
        }
        try {
            run(github.organisation().orElseThrow());
        } catch (DatabaseUnavailable e) {
            board.failed(String.valueOf(e.getMessage()), null, clock.instant(), null);
        } catch (RuntimeException e) {
            LOG.error("a pull failed for a fault of this service", e);
            board.failed("The service has a fault; it was logged.", null, clock.instant(), null);
        } finally {
            running.unlock();
        }
    }

    /** How pulling stands now. */
    public PullStatus status() {
        return board.status(github.organisation().orElse(null), off(), clock.instant());
    }

    /** Days that an operator asked for need not wait for their own pause. */
    void hurry(List<LocalDate> days) {
        board.hurry(days);
    }

    @Nullable
    String off() {
        if (github.organisation().isEmpty()) {
            return "Set sluice.lfs.github.organisation to the organisation whose bill is to be read.";
        }
        return github.token().isEmpty() ? "Set sluice.lfs.github.token to a token that may read billing." : null;
    }

    private void run(String organisation) throws InterruptedException {
        Instant now = clock.instant();
        LocalDate since = BillingPeriod.dayOf(now).minusDays(config.historyDays());
        Map<LocalDate, BilledDay> known =
                pulled.days(organisation, since).await().atMost(STORING);
        List<LocalDate> due = plan.due(now, known, day -> board.held(day, now));
        board.known(known, since, due.size());
        int written = 0;
        for (LocalDate day : due) {
            if (stopping || board.paused(clock.instant()) || board.held(day, clock.instant())) {
                break;
            }
            Pull pull = pull(organisation, known.getOrDefault(day, BilledDay.unknown(day)));
            written += pull.outcome() == Outcome.WRITTEN ? 1 : 0;
        }
        if (written > 0) {
            changed.fire(new FiguresChanged(written));
        }
    }

    private Pull pull(String organisation, BilledDay day) throws InterruptedException {
        Instant started = clock.instant();
        Pull pull = switch (billing.usage(day.day(), day.etag())) {
            case Answer.NotModified() ->
                good(
                        store.confirm(organisation, day.day(), started, 304)
                                .await()
                                .atMost(STORING),
                        List.of());
            case Answer.Usage usage
            when day.has(usage.sha256()) && !day.suspect() ->
                good(
                        store.confirm(organisation, day.day(), started, 200)
                                .await()
                                .atMost(STORING),
                        usage.usage().unknownSkus());
            case Answer.Usage usage ->
                written(
                        store.write(organisation, day.day(), started, usage)
                                .await()
                                .atMost(STORING),
                        usage);
            case Answer.Refused refused -> refused(organisation, day.day(), started, refused);
        };
        meters.pulled(pull.outcome());
        return pull;
    }

    private Pull written(Pull pull, Answer.Usage answer) {
        if (!pull.outcome().good()) {
            board.refused(pull, clock.instant());
            LOG.warnf("%s: %s", pull.day(), pull.detail());
            return pull;
        }
        if (pull.detail() != null) {
            LOG.warnf("%s: %s", pull.day(), pull.detail());
        }
        return good(pull, answer.usage().unknownSkus());
    }

    private Pull good(Pull pull, List<String> unknownSkus) {
        board.good(pull, unknownSkus);
        return pull;
    }

    private Pull refused(String organisation, LocalDate day, Instant started, Answer.Refused refused) {
        Integer status = refused.status() == 0 ? null : refused.status();
        Pull pull = new Pull(0, day, started, refused.outcome(), status, 0, 0, 0, refused.detail());
        LOG.warnf("%s: %s: %s", day, refused.outcome(), refused.detail());
        if (refused.outcome().ofThisDay()) {
            board.refused(pull, clock.instant());
        } else {
            board.failed(refused.detail(), started, clock.instant(), refused.notBefore());
        }
        return store.note(organisation, pull).await().atMost(STORING);
    }
}
