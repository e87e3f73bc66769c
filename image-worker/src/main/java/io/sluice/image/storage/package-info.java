/** What lies in the store, who needs it, and what may go. */
@NullMarked
package io.sluice.image.storage;

import org.jspecify.annotations.NullMarked;
