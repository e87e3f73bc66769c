package io.sluice.launcher;

import java.io.IOException;
import java.util.Map;

/** Fetches photographs from where they were before Sluice. */
final class PhotoOriginClient {
    private final String base;
    private final Api api = new Api("none");

    PhotoOriginClient(Ports ports) {
        base = "http://127.0.0.1:" + ports.photoOrigin() + "/";
    }

    byte[] fetch(String name) throws IOException {
        Api.Answer answer = api.get(base + name, Map.of());
        if (answer.status() != 200) {
            throw new IOException("the photo origin answered " + answer.status() + " for " + name);
        }
        return answer.response().body();
    }
}
