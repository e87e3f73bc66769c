/** Presets and visible marks: what operators define by name, and addresses carry by content. */
@NullMarked
package io.sluice.image.definition;

import org.jspecify.annotations.NullMarked;
