package io.sluice.gateway.edgerules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The rendered VCL through varnishd's compiler, where one is installed. */
class RenderedVarnishTest {
    private static final Path VARNISH = Path.of("/usr/sbin/varnishd");

    @Test
    void compiles(@TempDir Path home) throws Exception {
        assumeTrue(Files.isExecutable(VARNISH), "varnish is not installed");
        Path vcl = home.resolve("sluice.vcl");
        Files.writeString(vcl, VarnishText.of(EdgeRules.FIRST, "127.0.0.1", 8081));
        Process compiler = new ProcessBuilder(VARNISH.toString(), "-C", "-f", vcl.toString(), "-n", home.toString())
                .redirectErrorStream(true)
                .start();
        String out = new String(compiler.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(compiler.waitFor())
                .as(out.lines().limit(20).toList().toString())
                .isZero();
    }
}
