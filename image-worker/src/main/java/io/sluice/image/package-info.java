/** Makes each variant once, never larger than the source, within the directive in force. */
@NullMarked
package io.sluice.image;

import org.jspecify.annotations.NullMarked;
