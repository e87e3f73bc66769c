package io.sluice.image.origin;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.image.transfer.Payload;
import io.sluice.image.transfer.Reply;
import io.sluice.image.transfer.Transfer;
import io.sluice.image.transfer.TransferFailed;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Asks a Git LFS server where an object is. Blocking.
 *
 * @see <a href="https://github.com/git-lfs/git-lfs/blob/main/docs/api/batch.md">Git LFS batch API</a>
 */
@ApplicationScoped
class LfsBatch {
    private static final String MEDIA_TYPE = "application/vnd.git-lfs+json";
    private static final Pattern NAME =
            Pattern.compile("(?i)(?!host$|content-length$|transfer-encoding$)[a-z0-9-]{1,100}");
    private static final Pattern VALUE = Pattern.compile("[ -~]{0,8192}");

    private final Transfer transfer;
    private final ObjectMapper json;
    private final Duration timeout;

    LfsBatch(Vertx vertx, ObjectMapper json, OriginsConfig config) {
        this.transfer = new Transfer(vertx, config.fetches());
        this.json = json;
        this.timeout = config.timeout();
    }

    /**
     * The server's answer.
     *
     * @param url where the object is
     * @param headers to send there
     */
    record Action(FetchUrl url, Map<String, String> headers) {}

    /** Empty when the server says that it has no such object. */
    Optional<Action> download(String name, OriginsConfig.Lfs server, String oid, long bytes) {
        String where = "LFS server " + name;
        FetchUrl base = FetchUrl.of(server.url());
        Optional<String> credentials = credentials(server);
        RequestOptions options = new RequestOptions()
                .setMethod(HttpMethod.POST)
                .setSsl(base.tls())
                .setHost(base.host())
                .setPort(base.port())
                .setURI(base.uri().getRawPath().replaceAll("/+$", "") + "/objects/batch")
                .putHeader("Accept", MEDIA_TYPE)
                .putHeader("Content-Type", MEDIA_TYPE)
                .putHeader("User-Agent", "sluice");
        credentials.ifPresent(value -> options.putHeader("Authorization", value));
        Reply reply = ask(where, options, new Payload.Bytes(Buffer.buffer(request(oid, bytes))));
        return answer(where, reply, oid).map(action -> withCredentials(action, base, credentials));
    }

    private byte[] request(String oid, long bytes) {
        ObjectNode request =
                json.createObjectNode().put("operation", "download").put("hash_algo", "sha256");
        request.putArray("transfers").add("basic");
        request.putArray("objects").addObject().put("oid", oid).put("size", bytes);
        return request.toString().getBytes(StandardCharsets.UTF_8);
    }

    private Reply ask(String where, RequestOptions options, Payload payload) {
        try {
            return transfer.exchange(options, payload, timeout);
        } catch (TransferFailed e) {
            throw e.reason() == TransferFailed.Reason.TOO_SLOW
                    ? OriginFailed.tooSlow(where)
                    : OriginFailed.answered(where, String.valueOf(e.getMessage()));
        } catch (IOException e) {
            throw OriginFailed.answered(where, String.valueOf(e.getMessage()));
        }
    }

    private Optional<Action> answer(String where, Reply reply, String oid) {
        switch (reply.status()) {
            case 200 -> {}
            case 401, 403 ->
                throw OriginFailed.answered(where, "it refused our credentials; check username, password or token");
            case 404 -> throw OriginFailed.answered(where, "there is no repository at this address, or not for us");
            case 429, 503 ->
                throw OriginFailed.busy(
                        where,
                        "status " + reply.status(),
                        Objects.requireNonNullElse(reply.headers().get("Retry-After"), "30"));
            default -> throw OriginFailed.answered(where, "status " + reply.status());
        }
        try {
            for (JsonNode object : json.readTree(reply.body().getBytes()).path("objects")) {
                if (object.path("oid").asText().equals(oid)) {
                    return action(where, object);
                }
            }
        } catch (JsonProcessingException e) {
            throw OriginFailed.answered(where, "its answer is not JSON");
        } catch (IOException e) {
            throw OriginFailed.answered(where, "its answer cannot be read");
        }
        throw OriginFailed.answered(where, "its answer does not name the object");
    }

    private static Optional<Action> action(String where, JsonNode object) {
        JsonNode error = object.path("error");
        if (!error.isMissingNode()) {
            int code = error.path("code").asInt();
            if (code == 404 || code == 410) {
                return Optional.empty();
            }
            throw OriginFailed.answered(
                    where,
                    "error " + code + " for this object: "
                            + error.path("message").asText());
        }
        JsonNode download = object.path("actions").path("download");
        String href = download.path("href").asText();
        if (href.isEmpty()) {
            throw OriginFailed.answered(where, "it neither has the object nor says that it has not");
        }
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (Map.Entry<String, JsonNode> header : download.path("header").properties()) {
            String value = header.getValue().asText();
            if (!NAME.matcher(header.getKey()).matches()
                    || !VALUE.matcher(value).matches()) {
                throw OriginFailed.answered(where, "it names a header that cannot be sent");
            }
            headers.put(header.getKey(), value);
        }
        return Optional.of(new Action(FetchUrl.parse(href), headers));
    }

    /** As git-lfs does: an object on the server itself that says nothing of its own is fetched with the server's credentials. */
    private static Action withCredentials(Action action, FetchUrl base, Optional<String> credentials) {
        if (credentials.isPresent() && action.url().sameOrigin(base)) {
            action.headers().putIfAbsent("Authorization", credentials.get());
        }
        return action;
    }

    private static Optional<String> credentials(OriginsConfig.Lfs server) {
        if (server.token().isPresent()) {
            return server.token().map(token -> "Bearer " + token);
        }
        return server.username()
                .map(user -> user + ':' + server.password().orElse(""))
                .map(pair -> "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)));
    }
}
