package io.sluice.benchmarks;

import io.envoyproxy.envoy.config.core.v3.Node;
import io.envoyproxy.envoy.service.discovery.v3.AggregatedDiscoveryServiceGrpc;
import io.envoyproxy.envoy.service.discovery.v3.DiscoveryRequest;
import io.envoyproxy.envoy.service.discovery.v3.DiscoveryResponse;
import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.StreamObserver;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.sluice.testkit.http.FreePorts;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** java-control-plane: xDS, state of the world, one gRPC connection for each receiver, acknowledgements in the stream and in memory. */
final class XdsBroadcaster implements Broadcaster {
    private static final String TYPE = "type.googleapis.com/envoy.extensions.transport_sockets.tls.v3.Secret";
    private static final int OPENING_AT_ONCE = 100;

    private final int port = FreePorts.next();
    private final int control = FreePorts.next();
    private final ServerProcess process;
    private final EventLoopGroup loops = new NioEventLoopGroup(2);
    private final HttpClient http = HttpClient.newHttpClient();
    private final List<ManagedChannel> channels = new ArrayList<>();
    private volatile Round round = new Round("1", new Arrivals(1));
    private int receivers;

    /** What is waited for. */
    private record Round(String version, Arrivals received) {}

    XdsBroadcaster(Path folder, int bytes) {
        process = ServerProcess.start(
                        "java-control-plane",
                        folder,
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java")
                                        .toString(),
                                "-Xmx1g",
                                "-XX:+UseSerialGC",
                                "-cp",
                                classPath(),
                                XdsServer.class.getName(),
                                Integer.toString(port),
                                Integer.toString(control),
                                Integer.toString(bytes)),
                        Map.of())
                .awaitAnswer("http://127.0.0.1:" + control + "/", 200);
    }

    @Override
    public String name() {
        return "java-control-plane, acknowledgements in memory";
    }

    @Override
    public ServerProcess process() {
        return process;
    }

    @Override
    public boolean onJvm() {
        return true;
    }

    @Override
    public void connect(int count) {
        receivers = count;
        Arrivals first = new Arrivals(count);
        round = new Round("1", first);
        Semaphore opening = new Semaphore(OPENING_AT_ONCE);
        for (int i = 0; i < count; i++) {
            opening.acquireUninterruptibly();
            channels.add(open(i, opening));
        }
        first.await("Reading the first snapshot");
    }

    @Override
    public Spread publish() {
        String version = Integer.toString(Integer.parseInt(round.version()) + 1);
        Arrivals received = new Arrivals(receivers);
        round = new Round(version, received);
        long asked = System.nanoTime();
        long acknowledged = send();
        return new Spread(asked, received.await("Receiving"), acknowledged);
    }

    @Override
    public void close() {
        channels.forEach(ManagedChannel::shutdownNow);
        process.close();
        loops.shutdownGracefully(0, 5, TimeUnit.SECONDS).awaitUninterruptibly();
        http.close();
    }

    /** Ours, for a process that is started elsewhere. */
    private static String classPath() {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(entry -> Path.of(entry).toAbsolutePath().toString())
                .collect(Collectors.joining(File.pathSeparator));
    }

    private ManagedChannel open(int receiver, Semaphore opening) {
        ManagedChannel channel = NettyChannelBuilder.forAddress("127.0.0.1", port)
                .usePlaintext()
                .eventLoopGroup(loops)
                .channelType(NioSocketChannel.class)
                .directExecutor()
                .build();
        Receiver observer = new Receiver(receiver, opening);
        observer.begin(AggregatedDiscoveryServiceGrpc.newStub(channel).streamAggregatedResources(observer));
        return channel;
    }

    private long send() {
        try {
            HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + control + "/" + receivers))
                    .version(HttpClient.Version.HTTP_1_1)
                    .POST(BodyPublishers.noBody())
                    .build();
            return Long.parseLong(http.send(request, BodyHandlers.ofString()).body());
        } catch (IOException e) {
            throw new CannotMeasure("java-control-plane cannot be reached: " + e + ".", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CannotMeasure("The benchmark was interrupted.", e);
        }
    }

    /** Acknowledges each response by the next request, as xDS has it. */
    private final class Receiver implements StreamObserver<DiscoveryResponse> {
        private final int number;
        private final Semaphore opening;
        private @Nullable StreamObserver<DiscoveryRequest> requests;
        private boolean begun;

        Receiver(int number, Semaphore opening) {
            this.number = number;
            this.opening = opening;
        }

        synchronized void begin(StreamObserver<DiscoveryRequest> stream) {
            requests = stream;
            stream.onNext(DiscoveryRequest.newBuilder()
                    .setNode(Node.newBuilder().setId("w-" + number))
                    .setTypeUrl(TYPE)
                    .build());
        }

        @Override
        public synchronized void onNext(DiscoveryResponse response) {
            long now = System.nanoTime();
            Round expected = round;
            if (response.getVersionInfo().equals(expected.version())) {
                expected.received().arrived(number, now);
            }
            if (requests != null) {
                requests.onNext(DiscoveryRequest.newBuilder()
                        .setTypeUrl(TYPE)
                        .setVersionInfo(response.getVersionInfo())
                        .setResponseNonce(response.getNonce())
                        .build());
            }
            if (!begun) {
                begun = true;
                opening.release();
            }
        }

        @Override
        public void onError(Throwable failure) {
            opening.release();
            round.received().fail("Receiver " + number + " lost java-control-plane: " + failure + ".");
        }

        @Override
        public void onCompleted() {
            onError(new IllegalStateException("the stream ended"));
        }
    }
}
