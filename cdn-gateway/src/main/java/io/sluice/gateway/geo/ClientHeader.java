package io.sluice.gateway.geo;

/** Header in which trusted proxies name the client. */
public enum ClientHeader {
    X_FORWARDED_FOR("X-Forwarded-For"),
    /** RFC 7239. */
    FORWARDED("Forwarded");

    private final String header;

    ClientHeader(String header) {
        this.header = header;
    }

    /** Name of the header. */
    public String header() {
        return header;
    }
}
