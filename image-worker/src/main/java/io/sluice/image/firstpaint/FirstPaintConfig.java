package io.sluice.image.firstpaint;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithParentName;
import java.util.List;
import java.util.Map;

/** What pages show first, by collection. */
@ConfigMapping(prefix = "sluice.image.first-paint")
interface FirstPaintConfig {
    /** By collection. */
    @WithParentName
    Map<String, Wanted> collections();

    /** What a collection's pages show first. */
    interface Wanted {
        /**
         * Ends of addresses without their encoder profile, for example {@code q75-w256-xinside.webp}, at most 20: made in the
         * background of every image that gets a name in the collection.
         */
        List<String> recipes();
    }
}
