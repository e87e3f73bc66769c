package io.sluice.image.isolation;

import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * The children: at most one for each thread that asks, started when there is none idle, kept until they are worn out. Each
 * request has its deadline. Blocking and thread-safe.
 */
final class Children implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(Children.class);

    private final ChildCommand command;
    private final IsolationConfig config;
    private final MeterRegistry meters;
    private final Set<ChildProcess> all = ConcurrentHashMap.newKeySet();
    private final ConcurrentLinkedDeque<ChildProcess> idle = new ConcurrentLinkedDeque<>();
    private final ScheduledThreadPoolExecutor deadlines = new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().daemon().name("encode-deadlines").factory());

    Children(Path library, IsolationConfig config, MeterRegistry meters) {
        this.command = new ChildCommand(library, config);
        this.config = config;
        this.meters = meters;
        deadlines.setRemoveOnCancelPolicy(true);
        meters.gauge("sluice.image.isolation.children", all, Set::size);
    }

    /** What a parent says to each reply. */
    interface Dialogue {
        /** The next request; empty when the reply was the last one. */
        Optional<Request> next(Reply reply) throws IOException;
    }

    /**
     * Has a child do it.
     *
     * @throws EncoderDied when the child ended meanwhile, or none can be started
     * @throws EncodeOverdue when it was killed at the deadline
     */
    Reply ask(Request request) {
        ChildProcess child = take();
        Reply reply = asked(child, request);
        giveBack(child);
        return reply;
    }

    /**
     * Has a child do it step by step, each within the deadline.
     *
     * @return the last reply
     * @throws IOException of the dialogue; the child, which waits for a word, is ended then
     */
    Reply converse(Request first, Dialogue dialogue) throws IOException {
        ChildProcess child = take();
        boolean whole = false;
        try {
            Reply reply = asked(child, first);
            for (Optional<Request> next = dialogue.next(reply); next.isPresent(); next = dialogue.next(reply)) {
                reply = asked(child, next.get());
            }
            whole = true;
            return reply;
        } finally {
            if (whole) {
                giveBack(child);
            } else {
                end(child, "abandoned"); // counts nothing when it ended by itself
            }
        }
    }

    private Reply asked(ChildProcess child, Request request) {
        ScheduledFuture<?> deadline =
                deadlines.schedule(child::overdue, config.deadline().toNanos(), TimeUnit.NANOSECONDS);
        try {
            return child.ask(request);
        } catch (IOException e) {
            throw ended(child, request);
        } finally {
            deadline.cancel(false);
        }
    }

    private ChildProcess take() {
        for (ChildProcess child = idle.pollFirst(); child != null; child = idle.pollFirst()) {
            if (child.alive()) {
                return child;
            }
            end(child, "died");
        }
        try {
            ChildProcess child = new ChildProcess(command.start());
            all.add(child);
            return child;
        } catch (IOException e) {
            throw new EncoderDied("a failure to start: " + e.getMessage());
        }
    }

    private void giveBack(ChildProcess child) {
        if (child.wasOverdue()) {
            end(child, "deadline");
        } else if (child.images() >= config.images()
                || child.cpu().plus(config.deadline()).compareTo(config.cpu()) > 0) {
            end(child, "recycled");
        } else {
            idle.addFirst(child);
        }
    }

    private RuntimeException ended(ChildProcess child, Request request) {
        String how = how(child);
        if (child.wasOverdue()) {
            end(child, "deadline");
            LOG.warnf("%s was not made within %s; its process was killed", request.about(), config.deadline());
            return new EncodeOverdue(config.deadline());
        }
        end(child, "died");
        LOG.warnf("the process that made %s ended with %s", request.about(), how);
        return new EncoderDied(how);
    }

    private static String how(ChildProcess child) {
        try {
            return child.end();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "the service, which stops";
        }
    }

    private void end(ChildProcess child, String reason) {
        child.kill();
        if (all.remove(child)) {
            meters.counter("sluice.image.isolation.ended", "reason", reason).increment();
        }
    }

    @Override
    public void close() {
        deadlines.shutdownNow();
        all.forEach(ChildProcess::kill);
    }
}
