/** What the CDNs served, by CDN, and the log lines it is counted from. */
@NullMarked
package io.sluice.contracts.usage;

import org.jspecify.annotations.NullMarked;
