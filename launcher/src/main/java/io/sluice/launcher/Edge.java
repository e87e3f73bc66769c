package io.sluice.launcher;

import java.time.Duration;
import java.util.List;

/** A local CDN edge: a real caching reverse proxy in front of image-worker that can be killed, hung and slowed. */
interface Edge {
    /** The names, in order. */
    List<String> NAMES = List.of("edge-a", "edge-b");

    String name();

    void start();

    void stop();

    /** {@code kill -9}. */
    void kill();

    /** Accepts connections and answers nothing, until {@link #resume}. */
    void hang();

    /** Ends {@link #hang}. */
    void resume();

    /**
     * Delays each response; zero ends it.
     *
     * @param delay added to each response, at most 10 s
     */
    void slow(Duration delay);

    boolean alive();

    /** Ids of its processes. */
    List<Long> pids();

    /** What it is, for the page of addresses: {@code nginx 1.22.1}. */
    String kind();
}
