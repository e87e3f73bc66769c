package io.sluice.contracts.image;

/** An address, or a part of one, that the grammar does not allow. The message says which part and what it must be. */
public final class MalformedAddress extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public MalformedAddress(String message) {
        super(message);
    }
}
