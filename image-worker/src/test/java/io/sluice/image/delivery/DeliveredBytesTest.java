package io.sluice.image.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.contracts.directive.Mix;
import io.sluice.contracts.sample.Sample;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DeliveredBytesTest {
    private final DeliveredBytes delivered = new DeliveredBytes();

    @Test
    void keys_held_back_are_told_apart_from_others_at_level_0_and_counted_once() {
        delivered.add(new Mix.Place(0, true, 3), 100);
        delivered.add(new Mix.Place(0, true, 3), 300);
        delivered.add(new Mix.Place(0, false, 3), 50);
        delivered.add(new Mix.Place(4, false, 15), 7);

        List<Sample> samples = delivered.drain(1_000);
        assertThat(samples).hasSize(3).anySatisfy(sample -> {
            assertThat(sample.labels()).isEqualTo(Map.of("keys", "holdback", "slice", "3"));
            assertThat(sample.value()).isEqualTo(200);
            assertThat(sample.weight()).isEqualTo(2);
        });
        assertThat(samples)
                .anyMatch(sample -> Map.of("keys", "level-4", "slice", "15").equals(sample.labels()));
        assertThat(delivered.drain(2_000)).isEmpty();
    }
}
