package io.sluice.platform.access;

/** The roles a token can carry. {@code operator} and {@code service} include {@code viewer}. */
public final class Roles {
    /** May read. */
    public static final String VIEWER = "viewer";

    /** May change. */
    public static final String OPERATOR = "operator";

    /** Another service. */
    public static final String SERVICE = "service";

    private Roles() {}
}
