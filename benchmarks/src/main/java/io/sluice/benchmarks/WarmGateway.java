package io.sluice.benchmarks;

import io.sluice.testkit.http.FreePorts;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;

/** A packaged cdn-gateway whose catalogue has come from a real image-worker. */
final class WarmGateway {
    private static final long PATIENCE_NANOS = 30_000_000_000L;
    private static final long PAUSE_NANOS = 100_000_000L;

    private final Installation installation;
    private final int worker;
    private final int delivery;

    /**
     * @param worker port of an image-worker that runs
     * @param delivery port of the gateway's redirects
     */
    WarmGateway(Installation installation, int worker, int delivery) {
        this.installation = installation;
        this.worker = worker;
        this.delivery = delivery;
    }

    /** Path and query that are asked for. */
    static String path(String name) {
        return "/img/photos/" + name + "?w=640";
    }

    /** Uploads one photograph and gives it all names. */
    void seed(Photo photo, List<String> names) {
        String base = "http://127.0.0.1:" + worker + "/api/v1/";
        try (Api api = installation.api()) {
            String oid = api.post(base + "images", "image/jpeg", photo.bytes())
                    .path("oid")
                    .asText();
            names.forEach(name -> api.put(base + "sources/photos/" + name, Map.of("oid", oid)));
        }
    }

    /** Starts the gateway in front of two CDNs on loopback. */
    ServerProcess start(int cdnA, int cdnB) {
        Map<String, String> settings = new TreeMap<>(installation.neighbour("image-worker", worker));
        settings.put("sluice.gateway.delivery.host", "127.0.0.1");
        settings.put("sluice.gateway.delivery.port", Integer.toString(delivery));
        settings.put("sluice.gateway.geo.v4-file", GeoRanges.FILE.toString());
        settings.put("sluice.gateway.geo.trusted-proxies", "127.0.0.0/8");
        settings.put("sluice.gateway.cdns.edge-a.url", "http://127.0.0.1:" + cdnA);
        settings.put("sluice.gateway.cdns.edge-b.url", "http://127.0.0.1:" + cdnB);
        return installation.gateway(FreePorts.next(), settings);
    }

    /** Waits until every name is redirected to a variant of it. */
    void awaitCatalogue(List<String> names) {
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        try (Api api = installation.api()) {
            for (String name : names) {
                int status = status(api, name);
                while (status != 302) {
                    if (System.nanoTime() > deadline) {
                        throw new CannotMeasure("The gateway answers " + status + " instead of 302 to " + path(name)
                                + ": see its log in the folder .sluice/bench/run/gateway.");
                    }
                    LockSupport.parkNanos(PAUSE_NANOS);
                    status = status(api, name);
                }
            }
        }
    }

    private int status(Api api, String name) {
        HttpResponse<byte[]> response = api.get("http://127.0.0.1:" + delivery + path(name), Load.ACCEPT);
        String location = response.headers().firstValue("Location").orElse("");
        if (response.statusCode() == 302 && !location.contains("/v/photos/")) {
            throw new CannotMeasure(
                    "The gateway redirects " + path(name) + " to " + location + ", which is no variant.");
        }
        return response.statusCode();
    }
}
