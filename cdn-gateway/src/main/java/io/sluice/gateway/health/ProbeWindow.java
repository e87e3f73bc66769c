package io.sluice.gateway.health;

/** The last five probes of a CDN: three bad ones take it down, five good ones in a row bring it back. Not thread-safe. */
final class ProbeWindow {
    private static final int SIZE = 5;
    private static final int BAD_TO_FALL = 3;
    private static final int ALL = (1 << SIZE) - 1;

    private int bad;
    private int goodInARow;
    private boolean up = true;

    /** Notes a probe; answers whether the state changed. */
    boolean note(boolean good) {
        bad = (bad << 1 | (good ? 0 : 1)) & ALL;
        goodInARow = good ? goodInARow + 1 : 0;
        if (up && Integer.bitCount(bad) >= BAD_TO_FALL) {
            up = false;
            return true;
        }
        if (!up && goodInARow >= SIZE) {
            up = true;
            return true;
        }
        return false;
    }

    /** Up until proven otherwise. */
    boolean up() {
        return up;
    }
}
