package io.sluice.lfs.billing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UsageParserTest {
    private static final LocalDate DAY = LocalDate.of(2026, 11, 18);
    private static final String ROW = """
            {"date":"2026-11-18T03:00:00Z","product":"git_lfs","sku":"Git LFS bandwidth","quantity":3.500000001,
            "unitType":"Gigabytes","pricePerUnit":0.0875,"grossAmount":0.30625,"discountAmount":0.1,"netAmount":0.20625,
            "organizationName":"acme","repositoryName":"assets"}""";

    @Test
    void reads_nine_decimals_without_loss() throws Exception {
        DayUsage.Entry entry = parse("[" + ROW + "]").entries().getFirst();

        assertThat(entry.qtyNano()).isEqualTo(3_500_000_001L);
        assertThat(entry.priceNano()).isEqualTo(87_500_000L);
        assertThat(entry.netNano()).isEqualTo(206_250_000L);
    }

    @Test
    void adds_up_moments_of_a_day_and_counts_a_repeated_row_once() throws Exception {
        String later = ROW.replace("T03", "T04").replace("\"assets\"", "\"Assets\"");

        DayUsage usage = parse("[" + ROW + "," + later + "," + ROW + "]");

        assertThat(usage.entries()).hasSize(1);
        assertThat(usage.entries().getFirst().qtyNano()).isEqualTo(7_000_000_002L);
        assertThat(usage.doubled()).isEqualTo(1);
        assertThat(usage.items()).isEqualTo(3);
    }

    @Test
    void knows_the_machine_names_and_a_bare_date_and_usage_of_no_repository() throws Exception {
        DayUsage usage = parse("""
                [{"date":"2026-11-18","sku":"git_lfs_storage","unitType":"gigabyte-hours","quantity":1,"pricePerUnit":0,
                "grossAmount":0,"discountAmount":0,"netAmount":0,"new":{"nested":[1]}}]""");

        assertThat(usage.entries().getFirst().sku().name()).isEqualTo("LFS_STORAGE");
        assertThat(usage.entries().getFirst().repository()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-11-01T05:20:13Z",
                "2026-11-19T00:00:00Z",
                "2026-11-17T23:59:59Z",
                "2026-11-18T00:30:00+01:00"
            })
    void refuses_a_row_of_another_day(String date) {
        assertThat(refusal("[" + ROW.replace("2026-11-18T03:00:00Z", date) + "]")
                        .outcome())
                .isEqualTo(Outcome.MONTH_ROWS);
    }

    @Test
    void refuses_month_rows_of_other_products_too() {
        assertThat(refusal("[{\"date\":\"2026-11-01T05:20:13Z\",\"sku\":\"Actions Linux\",\"unitType\":\"Minutes\"}]")
                        .outcome())
                .isEqualTo(Outcome.MONTH_ROWS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "\"many\"", "1e999999999", "1e-999999999", "9300000000", "null", "NaN"})
    void refuses_a_quantity_that_cannot_be(String quantity) {
        assertThat(refusal("[" + ROW.replace("3.500000001", quantity) + "]").outcome())
                .isEqualTo(Outcome.MALFORMED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"[1]", "[{}]", "{}", "null", "[", "[{\"date\":\"yesterday\",\"sku\":\"x\",\"unitType\":\"y\"}]"})
    void refuses_what_is_no_report(String items) {
        assertThat(refusal(items).outcome()).isEqualTo(Outcome.MALFORMED);
    }

    @Test
    void refuses_a_unit_it_cannot_convert() {
        assertThat(refusal("[" + ROW.replace("Gigabytes", "Megabytes") + "]")).hasMessageContaining("Megabytes");
        assertThat(refusal("[" + ROW.replace("Gigabytes", "GigabyteHours") + "]")
                        .outcome())
                .isEqualTo(Outcome.MALFORMED);
    }

    private static UnusableAnswer refusal(String items) {
        return catchThrowableOfType(UnusableAnswer.class, () -> parse(items));
    }

    private static DayUsage parse(String items) throws Exception {
        return new UsageParser()
                .parse(
                        new ByteArrayInputStream(("{\"usageItems\":" + items + "}").getBytes(StandardCharsets.UTF_8)),
                        DAY);
    }
}
