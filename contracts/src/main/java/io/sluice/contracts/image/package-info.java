/** Addresses of variants, their grammar and signature, and what a catalogue knows of a source. */
@NullMarked
package io.sluice.contracts.image;

import org.jspecify.annotations.NullMarked;
