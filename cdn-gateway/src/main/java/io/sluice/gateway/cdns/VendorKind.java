package io.sluice.gateway.cdns;

/** By whose rules a CDN is purged, and which settings name our part of it there. */
public enum VendorKind {
    /** Cloudflare: {@code zone}; {@code plan} free, pro, business or enterprise decides its limits, free when absent. */
    CLOUDFLARE("zone", "plan", true),
    /** Amazon CloudFront: {@code distribution}; tags work when its {@code CacheTagConfig} names our header. */
    CLOUDFRONT("distribution", "", true),
    /** Fastly: {@code service}. */
    FASTLY("service", "", true),
    /** Bunny: {@code pull-zone}. */
    BUNNY("pull-zone", "", true),
    /**
     * A cache of one's own: {@code purge} is {@code method} (one {@code PURGE} for each address), {@code ban} (Varnish as
     * rendered by the edge rules), {@code refetch} (nginx: a {@code GET} that goes around the cache and replaces what is in it)
     * or {@code none}, which is the default.
     */
    HTTP("", "purge", false);

    private final String required;
    private final String optional;
    private final boolean needsCredential;

    VendorKind(String required, String optional, boolean needsCredential) {
        this.required = required;
        this.optional = optional;
        this.needsCredential = needsCredential;
    }

    /** The setting it cannot do without; empty when there is none. */
    String required() {
        return required;
    }

    boolean knows(String setting) {
        return setting.equals(required) || setting.equals(optional);
    }

    boolean needsCredential() {
        return needsCredential;
    }
}
