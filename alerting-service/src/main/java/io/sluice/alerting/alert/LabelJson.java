package io.sluice.alerting.alert;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.inject.Singleton;
import java.util.SortedMap;
import java.util.TreeMap;

/** Label and annotation sets as JSON objects, as they are stored. */
@Singleton
public class LabelJson {
    private static final TypeReference<TreeMap<String, String>> TYPE = new TypeReference<>() {};

    private final ObjectMapper json;

    LabelJson(ObjectMapper json) {
        this.json = json;
    }

    public String write(SortedMap<String, String> labels) {
        try {
            return json.writeValueAsString(labels);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a map of strings is JSON", e);
        }
    }

    public SortedMap<String, String> read(String text) {
        try {
            return json.readValue(text, TYPE);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a stored label set is not JSON", e);
        }
    }
}
