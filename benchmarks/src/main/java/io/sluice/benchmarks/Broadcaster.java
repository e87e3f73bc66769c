package io.sluice.benchmarks;

/** Somebody who tells many receivers the same at once, with receivers of its own protocol. */
interface Broadcaster extends AutoCloseable {

    String name();

    /** The server that sends. */
    ServerProcess process();

    /** Opens what receivers have beside the stream on which they read; nothing where they have nothing. */
    default void prepare(int receivers) {}

    /** Opens the streams of that many receivers; returns when each of them has what is in force, and has acknowledged it where it can. */
    void connect(int receivers);

    /** Sends one more; returns when each receiver has it, and has acknowledged it where it can. */
    Spread publish();

    /** Whether the server is a JVM, whose heap can be looked at. */
    boolean onJvm();

    @Override
    void close();
}
