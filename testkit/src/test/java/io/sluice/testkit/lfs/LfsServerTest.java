package io.sluice.testkit.lfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LfsServerTest {
    private static final String TYPE = "application/vnd.git-lfs+json";

    @Test
    void serves_git_lfs_itself(@TempDir Path folder) throws Exception {
        assumeTrue(run(folder, "", "git", "lfs", "version").code() == 0, "git-lfs is not installed");
        try (LfsServer server = LfsServer.start()) {
            String oid = server.add("an image\n".getBytes(StandardCharsets.UTF_8));
            String url =
                    server.url().toString().replace("://", "://" + LfsServer.USER + ':' + LfsServer.PASSWORD + '@');
            run(folder, "", "git", "init", "-q", ".");
            run(folder, "", "git", "config", "lfs.url", url);
            String pointer = "version https://git-lfs.github.com/spec/v1\noid sha256:" + oid + "\nsize 9\n";

            assertThat(run(folder, pointer, "git", "lfs", "smudge").output()).isEqualTo("an image\n");
            assertThat(server.downloads()).isOne();
        }
    }

    @Test
    void refuses_what_the_batch_api_does_not_allow() throws Exception {
        try (LfsServer server = LfsServer.start();
                HttpClient client = HttpClient.newHttpClient()) {
            String oid = server.add(new byte[] {1, 2, 3});
            assertThat(batch(client, server, TYPE, "application/json", oid, 3)).contains("415");
            assertThat(batch(client, server, "*/*", TYPE, oid, 3)).contains("406");
            assertThat(batch(client, server, TYPE, TYPE, oid, 3)).contains("200", "/objects/" + oid);
            assertThat(batch(client, server, TYPE, TYPE, oid, 4)).contains("200", "\"code\":422");
            assertThat(batch(client, server, TYPE, TYPE, "0".repeat(64), 4)).contains("200", "\"code\":404");
            HttpRequest stranger = HttpRequest.newBuilder(URI.create(server.url() + "/objects/batch"))
                    .header("Accept", TYPE)
                    .header("Content-Type", TYPE)
                    .POST(HttpRequest.BodyPublishers.ofString("{}"))
                    .build();
            HttpResponse<String> refused = client.send(stranger, HttpResponse.BodyHandlers.ofString());
            assertThat(refused.statusCode()).isEqualTo(401);
            assertThat(refused.headers().firstValue("LFS-Authenticate")).isPresent();
        }
    }

    private static String batch(
            HttpClient client, LfsServer server, String accept, String contentType, String oid, int size)
            throws IOException, InterruptedException {
        String pair = LfsServer.USER + ':' + LfsServer.PASSWORD;
        HttpRequest request = HttpRequest.newBuilder(URI.create(server.url() + "/objects/batch"))
                .header("Accept", accept)
                .header("Content-Type", contentType)
                .header(
                        "Authorization",
                        "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)))
                .POST(HttpRequest.BodyPublishers.ofString(
                        "{\"operation\":\"download\",\"objects\":[{\"oid\":\"" + oid + "\",\"size\":" + size + "}]}"))
                .build();
        HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
        return response.statusCode() + " " + response.body();
    }

    private record Ended(int code, String output) {}

    private static Ended run(Path folder, String input, String... command) throws IOException, InterruptedException {
        Path in = Files.writeString(Files.createTempFile("input", ""), input);
        try {
            Process process = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectInput(in.toFile())
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            return new Ended(process.exitValue(), output);
        } catch (IOException e) {
            return new Ended(127, "");
        } finally {
            Files.delete(in);
        }
    }
}
