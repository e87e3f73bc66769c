package io.sluice.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What another command needs to know of a suite that runs.
 *
 * @param ports it listens on
 * @param secrets of the installation
 */
record Running(Ports ports, Secrets secrets) {

    static Running of(Layout layout) {
        Path file = layout.run().resolve("port-offset");
        try {
            return new Running(new Ports(Integer.parseInt(Files.readString(file).trim())), Secrets.of(layout));
        } catch (IOException | NumberFormatException e) {
            throw new Remedy("Sluice has not been started from this folder: ./sluice up starts it.", e);
        }
    }

    static void write(Layout layout, Ports ports) throws IOException {
        Files.writeString(layout.run().resolve("port-offset"), ports.offset() + "\n");
    }

    String control(String path) {
        return "http://127.0.0.1:" + ports.control() + path;
    }

    String service(Service service, String path) {
        return "http://127.0.0.1:" + ports.service(service) + path;
    }
}
