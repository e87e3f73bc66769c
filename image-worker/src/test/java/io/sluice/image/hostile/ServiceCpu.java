package io.sluice.image.hostile;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.util.HashMap;
import java.util.Map;

/**
 * CPU time of the service's own threads: of all of this process but those of the test and its HTTP client, and but what the
 * virtual machine does beside them (compiling, collecting). Wall time, and so other programs, do not count.
 */
final class ServiceCpu {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final Map<Long, Long> before = new HashMap<>();

    private ServiceCpu() {}

    /** Begins to count. */
    static ServiceCpu start() {
        ServiceCpu cpu = new ServiceCpu();
        for (long id : THREADS.getAllThreadIds()) {
            cpu.before.put(id, THREADS.getThreadCpuTime(id));
        }
        return cpu;
    }

    /** What was used since; of a thread that has ended meanwhile nothing is known. */
    long nanos() {
        long self = Thread.currentThread().threadId();
        long sum = 0;
        for (ThreadInfo thread : THREADS.getThreadInfo(THREADS.getAllThreadIds())) {
            if (thread == null
                    || thread.getThreadId() == self
                    || thread.getThreadName().startsWith("HttpClient")) {
                continue;
            }
            long now = THREADS.getThreadCpuTime(thread.getThreadId());
            sum += Math.max(0, now - before.getOrDefault(thread.getThreadId(), 0L));
        }
        return sum;
    }
}
