package io.sluice.metrics.histogram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;

class ExponentialHistogramTest {
    @Provide
    Arbitrary<List<Double>> durations() {
        Arbitrary<Double> wide = Arbitraries.doubles().between(-6, 5).ofScale(4).map(e -> Math.pow(10, e));
        Arbitrary<Double> bounds = Arbitraries.integers().between(-600, 500).map(i -> Math.pow(2, i / 32.0));
        return Arbitraries.frequencyOf(
                        net.jqwik.api.Tuple.of(8, wide),
                        net.jqwik.api.Tuple.of(2, bounds),
                        net.jqwik.api.Tuple.of(1, Arbitraries.just(0.0)))
                .list()
                .ofMaxSize(200);
    }

    @Property
    void a_quantile_is_within_the_stated_error(
            @ForAll("durations") List<Double> values, @ForAll @DoubleRange(max = 1) double q) {
        if (values.isEmpty()) {
            assertThat(of(5, values).quantile(q)).isNaN();
            return;
        }
        double[] sorted =
                values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        double exact = sorted[(int) Math.max(1, Math.ceil(q * sorted.length)) - 1];
        double tolerance = exact < 1e-6 ? 1e-6 : exact * 0.01084;
        assertThat(of(5, values).quantile(q)).isCloseTo(exact, within(tolerance));
    }

    @Property
    void merging_loses_nothing(@ForAll("durations") List<Double> left, @ForAll("durations") List<Double> right) {
        ExponentialHistogram merged = of(5, left);
        merged.merge(of(5, right));
        List<Double> all = new java.util.ArrayList<>(left);
        all.addAll(right);
        assertSame(merged, of(5, all));
    }

    @Property
    void merging_is_commutative(
            @ForAll("durations") List<Double> left,
            @ForAll("durations") List<Double> right,
            @ForAll @IntRange(max = 7) int leftScale,
            @ForAll @IntRange(max = 7) int rightScale) {
        ExponentialHistogram one = of(leftScale, left);
        one.merge(of(rightScale, right));
        ExponentialHistogram other = of(rightScale, right);
        other.merge(of(leftScale, left));
        assertSame(one, other);
    }

    @Property
    void merging_is_associative(
            @ForAll("durations") List<Double> a,
            @ForAll("durations") List<Double> b,
            @ForAll("durations") List<Double> c,
            @ForAll @IntRange(max = 7) int scale) {
        ExponentialHistogram first = of(scale, a);
        first.merge(of(5, b));
        first.merge(of(6, c));
        ExponentialHistogram tail = of(5, b);
        tail.merge(of(6, c));
        ExponentialHistogram second = of(scale, a);
        second.merge(tail);
        assertSame(first, second);
    }

    @Property
    void a_coarser_scale_is_what_counting_at_that_scale_gives(
            @ForAll("durations") List<Double> values, @ForAll @IntRange(max = 7) int scale) {
        ExponentialHistogram coarse = of(scale, List.of());
        coarse.merge(of(7, values));
        assertSame(coarse, of(scale, values));
    }

    @Property
    void is_the_same_after_it_was_stored(
            @ForAll("durations") List<Double> values, @ForAll @IntRange(max = 7) int scale) {
        ExponentialHistogram written = of(scale, values);
        ExponentialHistogram read = ExponentialHistogram.decode(written.encode());
        assertThat(read.encode()).isEqualTo(written.encode());
        assertThat(read.sum()).isEqualTo(written.sum());
        assertSame(read, written);
    }

    @Property
    void refuses_bytes_that_are_cut(@ForAll("durations") List<Double> values) {
        byte[] whole = of(5, values).encode();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ExponentialHistogram.decode(Arrays.copyOf(whole, whole.length - 1)));
    }

    @Example
    void bounds_are_upper_inclusive_as_in_opentelemetry() {
        BucketTable scale0 = BucketTable.of(0);
        assertThat(List.of(scale0.index(1), scale0.index(1.5), scale0.index(2), scale0.index(Math.nextUp(2.0))))
                .containsExactly(-1, 0, 0, 1);
        BucketTable scale5 = BucketTable.of(5);
        assertThat(scale5.index(Math.pow(2, 7 / 32.0))).isEqualTo(6);
        assertThat(scale5.index(Math.nextUp(Math.pow(2, 7 / 32.0)))).isEqualTo(7);
    }

    @Example
    void brings_values_to_its_bounds() {
        ExponentialHistogram histogram = new ExponentialHistogram(Bounds.TIME);
        histogram.record(1e-9);
        histogram.record(1e9);
        assertThat(histogram.quantile(0.5)).isLessThan(1e-6);
        assertThat(histogram.quantile(1)).isCloseTo(1e5, within(1.1e3));
        assertThat(histogram.max()).isEqualTo(1e9);
    }

    @Example
    void refuses_what_it_cannot_count() {
        ExponentialHistogram histogram = new ExponentialHistogram(Bounds.TIME);
        for (double value : new double[] {-1, Double.NaN, Double.POSITIVE_INFINITY}) {
            assertThatIllegalArgumentException().isThrownBy(() -> histogram.record(value));
        }
        assertThatIllegalArgumentException().isThrownBy(() -> histogram.record(1, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> ExponentialHistogram.decode(new byte[] {0x25, 0}));
    }

    @Example
    void is_small_when_stored() {
        ExponentialHistogram histogram = new ExponentialHistogram(Bounds.TIME);
        java.util.Random random = new java.util.Random(7);
        for (int i = 0; i < 1000; i++) {
            histogram.record(0.05 * Math.exp(0.5 * random.nextGaussian()));
        }
        assertThat(histogram.encode()).hasSizeLessThan(260);
    }

    private static ExponentialHistogram of(int scale, List<Double> values) {
        ExponentialHistogram histogram = new ExponentialHistogram(scale, Bounds.TIME);
        values.forEach(histogram::record);
        return histogram;
    }

    private static void assertSame(ExponentialHistogram actual, ExponentialHistogram expected) {
        assertThat(actual.count()).isEqualTo(expected.count());
        assertThat(actual.scale()).isEqualTo(expected.scale());
        assertThat(actual.sum()).isCloseTo(expected.sum(), within(1e-9 * Math.max(1, expected.sum())));
        assertThat(actual.min()).isEqualTo(expected.min());
        assertThat(actual.max()).isEqualTo(expected.max());
        for (int i = 0; i <= 100; i++) {
            assertThat(Double.valueOf(actual.quantile(i / 100.0)))
                    .isEqualTo(Double.valueOf(expected.quantile(i / 100.0)));
        }
    }
}
