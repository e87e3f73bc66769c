package io.sluice.metrics.histogram;

/** Between which magnitudes a histogram tells values apart; what is smaller counts as zero, what is larger as the largest. */
public enum Bounds {
    /** Seconds, 1 us to 100,000 s. */
    TIME(1e-6, 1e5),
    /** Bytes and other amounts, 0.001 to 1e15. */
    AMOUNT(1e-3, 1e15);

    private final double smallest;
    private final double largest;

    Bounds(double smallest, double largest) {
        this.smallest = smallest;
        this.largest = largest;
    }

    /** The bounds for a unit as in UCUM: {@code s} is time, all else an amount. */
    public static Bounds ofUnit(String unit) {
        return unit.equals("s") ? TIME : AMOUNT;
    }

    double smallest() {
        return smallest;
    }

    double largest() {
        return largest;
    }
}
