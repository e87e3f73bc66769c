package io.sluice.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import org.junit.jupiter.api.Test;

class ProcessTimesTest {
    @Test
    void adds_own_time_and_that_of_children_it_has_waited_for() {
        String stat = "42 (a) b (c)) S 1 42 42 0 -1 4194304 100 0 0 0 11 22 33 44 20 0 1 0 500 1000 10";
        assertThat(ProcessTimes.ticks(stat)).isEqualTo(11 + 22 + 33 + 44);
    }

    @Test
    void a_process_that_has_ended_counts_nothing() {
        assertThat(ProcessTimes.ticks("")).isZero();
        assertThat(ProcessTimes.peakResidentBytes("")).isZero();
    }

    @Test
    void peak_memory_is_the_high_water_mark() {
        String status = "Name:\tjava\nVmPeak:\t 9000 kB\nVmHWM:\t   2048 kB\nVmRSS:\t 1024 kB\n";
        assertThat(ProcessTimes.peakResidentBytes(status)).isEqualTo(2048 * 1024);
    }

    @Test
    void counts_the_work_of_a_living_child() throws Exception {
        Process shell = new ProcessBuilder("sh", "-c", "(while :; do :; done) & wait").start();
        try {
            await().untilAsserted(() ->
                    assertThat(ProcessTimes.cpuSeconds(shell.toHandle())).isGreaterThan(0.2));
        } finally {
            shell.descendants().forEach(ProcessHandle::destroyForcibly);
            shell.destroyForcibly().waitFor();
        }
    }
}
