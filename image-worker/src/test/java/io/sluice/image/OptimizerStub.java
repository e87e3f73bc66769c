package io.sluice.image;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.sluice.contracts.directive.Directive;
import io.sluice.contracts.directive.DirectiveSet;
import io.sluice.contracts.directive.DirectiveSignatures;
import io.sluice.contracts.directive.SignedDirective;
import io.sluice.platform.json.JsonDialect;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** Optimizer-service as a receiver sees it: registration, stream, state, acknowledgements. */
public final class OptimizerStub implements QuarkusTestResourceLifecycleManager {
    /** The signing key pair and what has been heard, for the one test JVM. */
    private final KeyPair keys = keyPair();

    private final ObjectMapper json = JsonDialect.apply(
            new ObjectMapper().registerModule(new JavaTimeModule()).registerModule(new Jdk8Module()));
    private final List<JsonNode> acks = new CopyOnWriteArrayList<>();
    private final List<JsonNode> registrations = new CopyOnWriteArrayList<>();
    private final List<OutputStream> streams = new CopyOnWriteArrayList<>();
    private @Nullable HttpServer server;

    @Override
    public Map<String, String> start() {
        try {
            HttpServer started = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            started.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
            started.createContext("/", this::answer);
            started.start();
            server = started;
            return Map.of(
                    "sluice.neighbours.optimizer-service.url",
                    "http://127.0.0.1:" + started.getAddress().getPort(),
                    "sluice.directives.keys.d1",
                    Base64.getEncoder().encodeToString(keys.getPublic().getEncoded()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void inject(TestInjector injector) {
        injector.injectIntoFields(this, new TestInjector.MatchesType(OptimizerStub.class));
    }

    @Override
    public void stop() {
        if (server != null) {
            server.stop(0);
        }
    }

    /** Sends a directive to every follower. */
    public void send(Directive directive) {
        send(json.valueToTree(directive));
    }

    /** Sends a directive of a newer optimizer: with fields that the record does not have. */
    public void send(JsonNode directive) {
        SignedDirective signed =
                DirectiveSignatures.seal(text(directive).getBytes(StandardCharsets.UTF_8), "d1", keys.getPrivate());
        emit("directive", text(signed));
    }

    /** Sends any event to every follower. */
    public void emit(String name, String data) {
        byte[] event = ("event: " + name + "\ndata: " + data + "\n\n").getBytes(StandardCharsets.UTF_8);
        streams.forEach(stream -> {
            try {
                stream.write(event);
                stream.flush();
            } catch (IOException e) {
                streams.remove(stream);
            }
        });
    }

    public boolean followed() {
        return !streams.isEmpty();
    }

    public List<JsonNode> acks() {
        return acks;
    }

    public List<JsonNode> registrations() {
        return registrations;
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        if (path.endsWith("/stream")) {
            exchange.getResponseHeaders().add("Content-Type", "text/event-stream");
            exchange.sendResponseHeaders(200, 0);
            streams.add(exchange.getResponseBody());
            emit("hello", "{\"epoch\":1,\"heartbeatSeconds\":10,\"leaseSeconds\":30}");
            return;
        }
        byte[] body = exchange.getRequestBody().readAllBytes();
        if (path.endsWith("/acks")) {
            acks.add(json.readTree(body));
        } else if (path.equals("/api/v1/workers")) {
            registrations.add(json.readTree(body));
        }
        byte[] answer = (path.equals("/api/v1/directives") ? text(new DirectiveSet(1, "", List.of())) : "{}")
                .getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, answer.length);
        exchange.getResponseBody().write(answer);
        exchange.close();
    }

    public ObjectMapper json() {
        return json;
    }

    private String text(Object value) {
        try {
            return json.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static KeyPair keyPair() {
        try {
            return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
