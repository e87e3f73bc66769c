package io.sluice.image.variant;

import io.sluice.contracts.image.Area;
import io.sluice.platform.problem.ProblemException;

/** 422: the area that a recipe keeps lies outside of the picture. */
public final class AreaOutside extends ProblemException {
    private static final long serialVersionUID = 1L;

    AreaOutside(Area area, int width, int height) {
        super(
                422,
                "area-outside",
                "The area lies outside of the picture",
                "The area " + area.text() + " begins outside of the picture, which has " + width + " x " + height
                        + " pixels. Choose one that begins inside.");
    }
}
