package io.sluice.lfs;

import io.sluice.testkit.architecture.Boundaries;
import org.junit.jupiter.api.Test;

class BoundariesTest {
    @Test
    void keeps_the_boundaries() {
        Boundaries.check("lfs");
    }
}
