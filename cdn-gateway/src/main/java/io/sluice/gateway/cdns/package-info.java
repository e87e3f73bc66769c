/** The CDNs that there are: control calls, PostgreSQL, and the last known set on disk. */
@NullMarked
package io.sluice.gateway.cdns;

import org.jspecify.annotations.NullMarked;
