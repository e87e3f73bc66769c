package io.sluice.testkit.openapi;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Holds what a service publishes at {@code /q/openapi} against {@code contracts/openapi/{service}.yaml}. */
public final class OpenApiContract {
    private OpenApiContract() {}

    /**
     * Compares; with {@code -Dsluice.openapi.update=true} it writes the committed copy instead.
     *
     * @param service name of the file
     * @param published the document as served
     */
    public static void check(String service, String published) {
        Path committed = Path.of("..", "contracts", "openapi", service + ".yaml");
        try {
            if (Boolean.getBoolean("sluice.openapi.update")) {
                Files.createDirectories(committed.getParent());
                Files.writeString(committed, published);
                return;
            }
            String expected = Files.exists(committed) ? Files.readString(committed) : "";
            if (!expected.equals(published)) {
                throw new AssertionError("the API of " + service + " is not what " + committed.normalize()
                        + " says: look at the difference and, when it is meant, run the test with"
                        + " -Dsluice.openapi.update=true and commit the file");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
