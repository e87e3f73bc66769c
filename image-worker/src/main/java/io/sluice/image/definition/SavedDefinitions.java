package io.sluice.image.definition;

import java.util.Map;

/**
 * Definitions as they lie in PostgreSQL and on disk; bodies are JSON.
 *
 * @param presets name to body
 * @param marks id to body
 * @param markNames name to id
 */
record SavedDefinitions(Map<String, String> presets, Map<String, String> marks, Map<String, String> markNames) {
    static final SavedDefinitions NONE = new SavedDefinitions(Map.of(), Map.of(), Map.of());
}
