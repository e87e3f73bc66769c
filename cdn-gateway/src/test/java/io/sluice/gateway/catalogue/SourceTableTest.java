package io.sluice.gateway.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class SourceTableTest {
    private static final String OID = "c".repeat(64);

    @Test
    void stays_within_its_bound_and_keeps_what_is_asked_for() {
        SourceTable table = new SourceTable(100);
        table.put("c/hot", facts(1, 10));
        for (int i = 0; i < 1000; i++) {
            assertThat(table.get("c/hot")).isNotNull();
            table.put("c/" + i, facts(i, 10));
        }
        assertThat(table.size()).isEqualTo(100);
        assertThat(table.get("c/0")).isNull();
        assertThat(table.get("c/999")).isNotNull();
    }

    @Test
    void newer_facts_win() {
        SourceTable table = new SourceTable(10);
        table.put("c/a", facts(5, 50));
        table.put("c/a", facts(4, 40));
        assertThat(table.get("c/a")).isEqualTo(facts(5, 50));
        table.put("c/a", facts(6, 60));
        assertThat(table.get("c/a")).isEqualTo(facts(6, 60));
    }

    @Test
    void reads_back_what_it_wrote() throws IOException {
        SourceTable table = new SourceTable(10);
        table.put("c/café", facts(5, 50));
        table.put("sha256/" + OID, SourceFacts.of(0, "sha256", OID, 7, 9, true));
        byte[] content = CatalogueImage.write(new CatalogueImage(42, "e3"), table);

        SourceTable back = new SourceTable(10);
        assertThat(CatalogueImage.read(content, back)).isEqualTo(new CatalogueImage(42, "e3"));
        assertThat(back.size()).isEqualTo(2);
        assertThat(back.get("c/café")).isEqualTo(facts(5, 50));
        assertThat(back.get("sha256/" + OID)).isEqualTo(SourceFacts.of(0, "sha256", OID, 7, 9, true));
    }

    @Test
    void an_unknown_name_is_unknown_for_a_while_only() {
        UnknownNames unknown = new UnknownNames(1000);
        unknown.add("c/a", 0);
        assertThat(unknown.contains("c/a", 999)).isTrue();
        assertThat(unknown.contains("c/b", 0)).isFalse();
        assertThat(unknown.contains("c/a", 1000)).isFalse();
        unknown.add("c/a", 2000);
        unknown.remove("c/a");
        assertThat(unknown.contains("c/a", 2001)).isFalse();
    }

    private static SourceFacts facts(long seq, int width) {
        return SourceFacts.of(seq, "c", OID, width, 10, false);
    }
}
