package io.sluice.gateway.replays;

/**
 * A request that was.
 *
 * @param epochMillis when
 * @param object number of its address
 * @param hash of the key by which a CDN is chosen
 * @param country of the client
 * @param client a number that stays the same for a client
 * @param bytes of the response
 */
record Request(long epochMillis, int object, long hash, int country, long client, double bytes) {}
