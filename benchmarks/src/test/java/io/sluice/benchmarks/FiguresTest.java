package io.sluice.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.sluice.benchmarks.Table.Column;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FiguresTest {
    @Test
    void the_median_of_an_even_number_of_rounds_lies_between_the_two_in_the_middle() {
        assertThat(new Rounds(List.of(9.0, 1.0, 4.0)).median()).isEqualTo(4);
        assertThat(new Rounds(List.of(9.0, 1.0, 4.0, 2.0)).median()).isEqualTo(3);
    }

    @Test
    void a_table_shows_median_lowest_and_highest_and_keeps_all_rounds_in_its_json() {
        Table table = new Table(
                "Cost",
                List.of(new Column("server", "server", "%s"), new Column("cpu", "CPU", "%.1f")),
                List.of(Map.of("server", "nginx", "cpu", new Rounds(List.of(3.0, 1.0, 2.0)))));
        assertThat(table.markdown()).contains("| nginx | 2.0 (1.0-3.0) |").contains("|---|---:|");
        assertThat(table.json().get("rows"))
                .isEqualTo(List.of(Map.of("server", "nginx", "cpu", 2.0, "cpuRounds", List.of(3.0, 1.0, 2.0))));
    }

    @Test
    void reads_what_wrk_came_to() {
        Load.Outcome outcome = Load.parse("Running 6s test\nsummary 60000 6000000 0 0 5100\n");
        assertThat(outcome).isEqualTo(new Load.Outcome(60_000, 6.0, 5_100));
    }

    @Test
    void a_run_with_failed_requests_measures_nothing() {
        assertThatThrownBy(() -> Load.parse("summary 60000 6000000 2 1 5100"))
                .isInstanceOf(CannotMeasure.class)
                .hasMessageContaining("3 of 60000");
        assertThatThrownBy(() -> Load.parse("unable to connect")).isInstanceOf(CannotMeasure.class);
    }

    @Test
    void reads_lists_of_cores() {
        assertThat(Machine.cores("0-2,5")).containsExactly(0, 1, 2, 5);
        assertThat(Machine.cores("3")).containsExactly(3);
    }

    @Test
    void runs_all_benchmarks_unless_one_is_named() {
        assertThat(Options.parse(List.of()).names())
                .containsExactly(
                        "gateway", "image", "stored", "control", "selection", "decision", "broadcast", "levels");
        assertThat(Options.parse(List.of("image", "--rounds", "2")))
                .isEqualTo(new Options(List.of("image"), 2, 6, Optional.empty()));
        assertThatThrownBy(() -> Options.parse(List.of("images"))).hasMessageContaining("gateway|image");
        assertThatThrownBy(() -> Options.parse(List.of("levels", "--photos", "nowhere")))
                .hasMessageContaining("a folder that exists");
        assertThatThrownBy(() -> Options.parse(List.of("levels", "--photos"))).hasMessageContaining("a folder");
        assertThatThrownBy(() -> Options.parse(List.of("--rounds", "0"))).hasMessageContaining("1-100");
    }

    @Test
    void a_level_saves_by_the_shares_of_the_formats() {
        assertThat(LevelsBenchmark.saved(
                        List.of(0.7, 0.25, 0.05), List.of(50.0, 80.0, 90.0), List.of(100.0, 100.0, 90.0)))
                .isCloseTo(0.40, within(1e-9));
    }

    @Test
    void a_spread_counts_from_the_first_who_had_it() {
        Spread spread = new Spread(1_000_000, new long[] {5_000_000, 3_000_000, 9_000_000, 4_000_000}, 12_000_000);
        assertThat(spread.issueMillis()).isEqualTo(2);
        assertThat(spread.millis(0.5)).isEqualTo(1);
        assertThat(spread.millis(0.99)).isEqualTo(6);
        assertThat(spread.acknowledgedMillis()).isEqualTo(9);
        assertThatThrownBy(() -> new Spread(2, new long[] {1}, 0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void whoever_is_missing_or_failed_ends_a_measurement() {
        Arrivals arrivals = new Arrivals(2);
        arrivals.arrived(0, 7);
        arrivals.fail("Receiver 1 lost its stream.");
        assertThatThrownBy(() -> arrivals.await("Receiving")).hasMessage("Receiver 1 lost its stream.");
        Arrivals all = new Arrivals(2);
        all.arrived(1, 8);
        all.arrived(1, 9);
        all.arrived(0, 7);
        assertThat(all.await("Receiving")).containsExactly(7, 8);
    }

    @Test
    void connections_for_acknowledgements_are_what_open_files_allow() {
        assertThat(Machine.mostOpenFiles("""
                        Max cpu time              unlimited            unlimited            seconds
                        Max open files            1024                 20000                files
                        """)).isEqualTo(20_000);
        assertThat(SluiceBroadcaster.connections(1_000, 20_000)).isEqualTo(1_000);
        assertThat(SluiceBroadcaster.connections(10_000, 20_000)).isEqualTo(8_500);
        assertThatThrownBy(() -> SluiceBroadcaster.connections(10_000, 4_096)).hasMessageContaining("ulimit");
    }
}
