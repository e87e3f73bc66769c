package io.sluice.benchmarks;

import java.util.Locale;

/**
 * What is asked of everybody: one size, one format, one quality.
 *
 * @param format as an extension: {@code webp} or {@code avif}
 * @param width in pixels; the height follows
 * @param quality 1-100
 */
record Task(String format, int width, int quality) {

    String title() {
        return format.toUpperCase(Locale.ROOT).replace("WEBP", "WebP") + " " + width + ", quality " + quality;
    }
}
