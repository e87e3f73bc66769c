package io.sluice.gateway.dns;

/** What a call of the remote backend is answered. */
public sealed interface DnsReply {
    /**
     * Records, or facts of a zone.
     *
     * @param json the whole body
     */
    record Known(String json) implements DnsReply {}

    /**
     * There is nothing of that kind.
     *
     * @param json the whole body
     */
    record Nothing(String json) implements DnsReply {}

    /** No CDN may be used: PowerDNS has to answer SERVFAIL, so that resolvers keep what they have. */
    record NoCdn() implements DnsReply {}
}
