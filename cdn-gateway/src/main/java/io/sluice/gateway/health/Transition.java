package io.sluice.gateway.health;

import java.time.Instant;

/**
 * A change of a CDN's health.
 *
 * @param at when
 * @param from before
 * @param to after
 * @param reason what was seen last
 */
public record Transition(Instant at, Health from, Health to, String reason) {}
