package io.sluice.image.definition;

import io.sluice.contracts.image.NamedMark;
import io.sluice.contracts.image.NamedPreset;
import io.sluice.image.variant.MarkDefinition;
import java.util.Map;
import java.util.NavigableMap;

/**
 * All definitions at one moment. Immutable.
 *
 * @param presets by name
 * @param marks by name
 * @param definitions of marks by id, former ones included
 */
record Known(
        NavigableMap<String, NamedPreset> presets,
        NavigableMap<String, NamedMark> marks,
        Map<String, MarkDefinition> definitions) {}
