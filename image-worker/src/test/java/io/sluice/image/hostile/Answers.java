package io.sluice.image.hostile;

/** What the service answers, as {@link Target} words it. */
final class Answers {
    static final String TOO_LARGE = "422 image-too-large";
    static final String TOO_COMPLEX = "422 image-too-complex";
    static final String DAMAGED = "422 damaged-image";
    static final String NOT_AN_IMAGE = "415 not-an-image";
    static final String SHOWN = "taken, then 200";
    static final String UNDECODABLE = "taken, then 422 undecodable-image";
    static final String SMALLER_AS_IT_IS = "taken, then 307";

    private Answers() {}
}
