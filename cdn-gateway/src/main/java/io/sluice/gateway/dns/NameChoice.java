package io.sluice.gateway.dns;

/** How the CDN of a name is chosen in a market; a name has one CDN there at a time. */
public enum NameChoice {
    /** The CDN with the largest share of those that may be used. */
    LEADER,
    /** Each name is a key as a path is: many names are split as the shares say. */
    BY_NAME
}
