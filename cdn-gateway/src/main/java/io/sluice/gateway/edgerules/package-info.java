/** How long edges and browsers keep what: rules as data, rendered for nginx, Varnish and CloudFront. */
@NullMarked
package io.sluice.gateway.edgerules;

import org.jspecify.annotations.NullMarked;
