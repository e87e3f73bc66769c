package io.sluice.gateway.negotiation;

/** A parameter of {@code /img} that is not what it must be. No stack trace: it is an answer, not an accident. */
public final class MalformedQuery extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String parameter;

    /** @param message what it must be */
    public MalformedQuery(String parameter, String message) {
        super(message, null, false, false);
        this.parameter = parameter;
    }

    /** Which one. */
    public String parameter() {
        return parameter;
    }
}
