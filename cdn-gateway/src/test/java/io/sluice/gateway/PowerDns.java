package io.sluice.gateway;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sluice.testkit.http.FreePorts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A real PowerDNS authoritative server that asks a gateway, and {@code dig} to ask it. */
final class PowerDns implements AutoCloseable {
    private static final Path SERVER = Path.of("/usr/sbin/pdns_server");
    private static final Path DIG = Path.of("/usr/bin/dig");

    private final Process server;
    private final int port;

    private PowerDns(Process server, int port) {
        this.server = server;
        this.port = port;
    }

    /** @param json whether it asks by POST of JSON, else by GET */
    static PowerDns start(Path folder, int gateway, boolean json) throws IOException {
        assumeTrue(Files.isExecutable(SERVER) && Files.isExecutable(DIG), "pdns_server or dig is not installed");
        int port = FreePorts.next();
        Files.writeString(
                folder.resolve("pdns.conf"), """
                launch=remote
                remote-connection-string=http:url=http://127.0.0.1:%d/dns,timeout=2000%s
                edns-subnet-processing=yes
                zone-cache-refresh-interval=300
                cache-ttl=5
                negquery-cache-ttl=1
                disable-axfr=yes
                local-address=127.0.0.1
                local-port=%d
                socket-dir=%s
                """.formatted(gateway, json ? ",post=1,post_json=1" : "", port, folder));
        Process server = new ProcessBuilder(
                        SERVER.toString(), "--config-dir=" + folder, "--daemon=no", "--guardian=no", "--write-pid=no")
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("pdns.log").toFile())
                .start();
        return new PowerDns(server, port);
    }

    String dig(String name, String type, String... options) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(
                List.of(DIG.toString(), "@127.0.0.1", "-p", Integer.toString(port), "+tries=1", "+time=3", name, type));
        command.addAll(List.of(options));
        Process dig = new ProcessBuilder(command).redirectErrorStream(true).start();
        String answer = new String(dig.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        dig.waitFor();
        return answer;
    }

    @Override
    public void close() {
        server.destroy();
        server.onExit().orTimeout(10, TimeUnit.SECONDS).join();
    }
}
