package io.sluice.launcher;

import java.util.Locale;

/** The six services, in the order in which they are listed everywhere. */
enum Service {
    CDN_GATEWAY(8090, "gateway"),
    IMAGE_WORKER(8081, "images"),
    METRICS_SERVICE(8082, "metrics"),
    ALERTING_SERVICE(8083, "alerting"),
    LFS_TRACKER(8084, "lfs"),
    OPTIMIZER_SERVICE(8085, "optimizer");

    private final int port;
    private final String schema;

    Service(int port, String schema) {
        this.port = port;
        this.schema = schema;
    }

    /** As its module and container are called, for example {@code cdn-gateway}. */
    String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Port of its API without offset. */
    int port() {
        return port;
    }

    /** Its schema in PostgreSQL, also the name of its role. */
    String schema() {
        return schema;
    }

    static Service of(String id) {
        for (Service service : values()) {
            if (service.id().equals(id)) {
                return service;
            }
        }
        throw new Remedy("There is no service '" + id + "'; there are cdn-gateway, image-worker, metrics-service,"
                + " alerting-service, lfs-tracker and optimizer-service.");
    }
}
