package io.sluice.gateway.health;

/**
 * What to probe.
 *
 * @param cdn name of the CDN
 * @param url what to fetch
 */
public record Target(String cdn, String url) {}
