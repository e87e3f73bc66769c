package io.sluice.benchmarks;

import com.google.protobuf.ByteString;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.envoyproxy.controlplane.cache.v3.SimpleCache;
import io.envoyproxy.controlplane.cache.v3.Snapshot;
import io.envoyproxy.controlplane.server.DiscoveryServerCallbacks;
import io.envoyproxy.controlplane.server.V3DiscoveryServer;
import io.envoyproxy.envoy.config.core.v3.DataSource;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.GenericSecret;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.Secret;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryRequest;
import io.envoyproxy.envoy.service.discovery.v3.DiscoveryRequest;
import io.grpc.netty.NettyServerBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * java-control-plane as a process of its own: aggregated discovery with one resource for everybody. {@code POST /{receivers}}
 * on the second port sets the next snapshot and answers, when that many have acknowledged it, at which nanosecond.
 */
public final class XdsServer implements DiscoveryServerCallbacks {
    private static final String GROUP = "all";

    private final SimpleCache<String> cache = new SimpleCache<>(node -> GROUP);
    private final ByteString payload;
    private volatile Waiting waiting = new Waiting("", new Arrivals(1), new AtomicInteger());
    private int version;

    private XdsServer(int bytes) {
        this.payload = ByteString.copyFrom(new byte[bytes]);
        set();
    }

    /** Acknowledgements of one version. */
    private record Waiting(String version, Arrivals acknowledged, AtomicInteger next) {}

    /** @param arguments port of discovery, port of control, bytes of the resource */
    public static void main(String[] arguments) throws IOException {
        XdsServer callbacks = new XdsServer(Integer.parseInt(arguments[2]));
        V3DiscoveryServer discovery = new V3DiscoveryServer(callbacks, callbacks.cache);
        NettyServerBuilder.forAddress(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(arguments[0])))
                .addService(discovery.getAggregatedDiscoveryServiceImpl())
                .build()
                .start();
        HttpServer control = HttpServer.create(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(arguments[1])), 0);
        control.setExecutor(Executors.newFixedThreadPool(2));
        control.createContext("/", callbacks::control);
        control.start();
    }

    @Override
    public void onV3StreamRequest(long stream, DiscoveryRequest request) {
        Waiting now = waiting;
        if (!request.getResponseNonce().isEmpty() && request.getVersionInfo().equals(now.version())) {
            now.acknowledged().arrived(now.next().getAndIncrement(), System.nanoTime());
        }
    }

    @Override
    public void onV3StreamDeltaRequest(long stream, DeltaDiscoveryRequest request) {
        // Nobody asks for deltas here.
    }

    private void control(HttpExchange exchange) throws IOException {
        String answer = "ready";
        if (exchange.getRequestMethod().equals("POST")) {
            int receivers = Integer.parseInt(exchange.getRequestURI().getPath().substring(1));
            Arrivals acknowledged = new Arrivals(receivers);
            waiting = new Waiting(Integer.toString(version + 1), acknowledged, new AtomicInteger());
            set();
            long[] all = acknowledged.await("Acknowledging");
            answer = Long.toString(all[all.length - 1]);
        }
        byte[] body = answer.getBytes(StandardCharsets.US_ASCII);
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private void set() {
        version++;
        Secret resource = Secret.newBuilder()
                .setName("directive")
                .setGenericSecret(GenericSecret.newBuilder()
                        .setSecret(DataSource.newBuilder().setInlineBytes(payload)))
                .build();
        cache.setSnapshot(
                GROUP,
                Snapshot.create(
                        List.of(), List.of(), List.of(), List.of(), List.of(resource), Integer.toString(version)));
    }
}
