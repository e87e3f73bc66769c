package io.sluice.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.benchmarks.Table.Column;
import java.util.List;
import java.util.Map;
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
                .containsExactly("gateway", "image", "control", "selection", "broadcast");
        assertThat(Options.parse(List.of("image", "--rounds", "2"))).isEqualTo(new Options(List.of("image"), 2, 6));
        assertThatThrownBy(() -> Options.parse(List.of("images"))).hasMessageContaining("gateway|image");
        assertThatThrownBy(() -> Options.parse(List.of("--rounds", "0"))).hasMessageContaining("1-100");
    }
}
