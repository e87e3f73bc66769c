/** Drills: a CDN fails on purpose, for some keys and some minutes. */
@NullMarked
package io.sluice.gateway.drills;

import org.jspecify.annotations.NullMarked;
