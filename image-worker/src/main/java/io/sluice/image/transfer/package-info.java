/** HTTP exchanges whose bodies are files: bounded in size and time, for callers that may block. */
@NullMarked
package io.sluice.image.transfer;

import org.jspecify.annotations.NullMarked;
