/** Images that are fetched from elsewhere: HTTP origins on an allow-list, and Git LFS servers. */
@NullMarked
package io.sluice.image.origin;

import org.jspecify.annotations.NullMarked;
