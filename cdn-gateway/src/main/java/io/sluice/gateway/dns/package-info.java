/** Names that lead to the CDN chosen for a client's market: the answers for PowerDNS's remote backend. */
@NullMarked
package io.sluice.gateway.dns;

import org.jspecify.annotations.NullMarked;
