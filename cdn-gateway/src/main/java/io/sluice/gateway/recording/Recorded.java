package io.sluice.gateway.recording;

/**
 * A decision that was made. Held in memory only: {@code client} is made of an address.
 *
 * @param epochMillis when
 * @param address path and query on any CDN, the signature included
 * @param hash of the key by which the CDN was chosen
 * @param country of the client, as of {@link io.sluice.gateway.geo.Countries}
 * @param client a number that stays the same for a client
 * @param market its name
 * @param cdn name of the CDN
 */
public record Recorded(
        long epochMillis, String address, long hash, int country, long client, String market, String cdn) {}
