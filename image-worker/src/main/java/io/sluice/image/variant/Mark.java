package io.sluice.image.variant;

import io.sluice.image.scan.ImageFacts;
import java.nio.file.Path;

/**
 * A visible mark and its image, as an encode needs them.
 *
 * @param definition how it is laid over
 * @param image its file
 * @param facts of the image
 */
public record Mark(MarkDefinition definition, Path image, ImageFacts facts) {}
