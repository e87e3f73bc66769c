package io.sluice.gateway.warming;

/**
 * One address at one CDN.
 *
 * @param path below the CDN's address, without signature
 * @param rate fetches a second of its warming
 */
record WarmingFetch(String path, double rate) {}
