package io.sluice.launcher;

import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** What each service is told: one properties file each, readable by the owner only, for secrets have no place on a command line. */
final class ServiceSettings {
    /** The account that the recorded GitHub bills. */
    static final String ORGANISATION = "acme";

    /** What the recorded GitHub lets in; a real one comes from {@code GITHUB_TOKEN}. */
    static final String GITHUB_TOKEN = "recorded";

    private final Layout layout;
    private final Ports ports;
    private final Secrets secrets;
    private final Path libvips;

    ServiceSettings(Layout layout, Ports ports, Secrets secrets, Path libvips) {
        this.layout = layout;
        this.ports = ports;
        this.secrets = secrets;
        this.libvips = libvips;
    }

    /** Writes the file and returns where it is. */
    Path write(Service service) {
        Map<String, String> settings = new TreeMap<>(shared(service));
        settings.putAll(
                switch (service) {
                    case CDN_GATEWAY -> gateway();
                    case IMAGE_WORKER -> imageWorker();
                    case METRICS_SERVICE -> metrics();
                    case ALERTING_SERVICE -> alerting();
                    case LFS_TRACKER -> lfsTracker();
                    case OPTIMIZER_SERVICE -> optimizer();
                });
        StringBuilder text = new StringBuilder();
        settings.forEach((name, value) -> text.append(name)
                .append('=')
                .append(value.replace("\\", "\\\\"))
                .append('\n'));
        Path file = layout.conf().resolve(service.id() + ".properties");
        Layout.writePrivate(file, text.toString());
        return file;
    }

    private Map<String, String> shared(Service service) {
        Map<String, String> settings = new TreeMap<>();
        settings.put("quarkus.http.host", "127.0.0.1");
        settings.put("quarkus.http.port", Integer.toString(ports.service(service)));
        settings.put("quarkus.log.json.console.enabled", "false");
        settings.put("sluice.db.host", "127.0.0.1");
        settings.put("sluice.db.port", Integer.toString(ports.postgres()));
        settings.put("sluice.db.user", service.schema());
        settings.put("sluice.db.password", secrets.databasePassword(service.schema()));
        // Each connection is a process of PostgreSQL's.
        settings.put("quarkus.datasource.reactive.max-size", "2");
        settings.put("quarkus.datasource.reactive.idle-timeout", "PT5S");
        settings.put("quarkus.datasource.jdbc.idle-removal-interval", "PT2S");
        settings.put("sluice.data.dir", layout.state(service.id()).toString());
        for (String role : new String[] {"viewer", "operator", "service"}) {
            settings.put("sluice.access.tokens." + role + ".sha256", secrets.tokenDigest(role));
            settings.put("sluice.access.tokens." + role + ".roles", role);
        }
        for (Service other : Service.values()) {
            if (other != service) {
                String prefix = "sluice.neighbours." + other.id();
                settings.put(prefix + ".url", "http://127.0.0.1:" + ports.service(other));
                settings.put(prefix + ".token", secrets.token("service"));
            }
        }
        return settings;
    }

    private Map<String, String> receiver() {
        return Map.of(
                "sluice.signing.active", "local",
                "sluice.signing.keys.local", secrets.signingKey(),
                "sluice.directives.keys.local", secrets.directivePublicKey());
    }

    private Map<String, String> gateway() {
        Map<String, String> settings = new TreeMap<>(receiver());
        settings.put("sluice.gateway.delivery.port", Integer.toString(ports.delivery()));
        settings.put("sluice.gateway.delivery.host", "127.0.0.1");
        settings.put("sluice.gateway.health.interval", "PT1S");
        settings.put("sluice.gateway.health.slow-start", "PT20S");
        // There is little traffic here: every decision counts.
        settings.put("sluice.gateway.recording.one-in", "1");
        // Here every client is on loopback: the ranges of the world would only take memory. Put files here to try
        // markets.
        Path geo = layout.state("geo");
        settings.put("sluice.gateway.geo.v4-file", geo.resolve("geoip").toString());
        settings.put("sluice.gateway.geo.v6-file", geo.resolve("geoip6").toString());
        settings.put("sluice.gateway.dns.zones.local.zone", "cdn.sluice.test");
        settings.put("sluice.gateway.dns.zones.local.names", "img,media");
        settings.put("sluice.gateway.dns.zones.local.name-servers", "ns.sluice.test");
        settings.put("sluice.gateway.credentials.edge.token", secrets.edgePurge());
        for (String edge : Edge.NAMES) {
            settings.put("sluice.gateway.cdns." + edge + ".url", ports.edgeUrl(edge));
            settings.put("sluice.gateway.cdns." + edge + ".weight", "50");
            settings.put("sluice.gateway.cdns." + edge + ".credential", "edge");
            settings.put("sluice.gateway.cdns." + edge + ".settings.purge", NginxEdge.purge());
        }
        return settings;
    }

    private Map<String, String> imageWorker() {
        Map<String, String> settings = new TreeMap<>(receiver());
        settings.put("sluice.image.libvips.path", libvips.toString());
        settings.put("sluice.image.sources.roots.samples.path", layout.photos().toString());
        settings.put("sluice.image.sources.origins.photographs.url", "http://127.0.0.1:" + ports.photoOrigin());
        settings.put("sluice.image.sources.origins.photographs.allow-private", "true");
        return settings;
    }

    private Map<String, String> metrics() {
        return Map.of("sluice.metrics.budgets.cdn-cost.limit", "4000");
    }

    private Map<String, String> alerting() {
        return Map.of(
                "sluice.alerting.webhook.url",
                "http://127.0.0.1:" + ports.webhookSink() + "/alerts",
                "sluice.alerting.route.group-wait",
                "PT1S",
                // Else a second demonstration within five minutes would wait for the first one's group.
                "sluice.alerting.route.group-interval",
                "PT10S");
    }

    private Map<String, String> lfsTracker() {
        return Map.of(
                "sluice.lfs.github.url",
                "http://127.0.0.1:" + ports.github(),
                "sluice.lfs.github.organisation",
                ORGANISATION,
                "sluice.lfs.github.token",
                GITHUB_TOKEN,
                "sluice.lfs.plan",
                "team",
                "sluice.lfs.billing.interval",
                "PT30S",
                "sluice.lfs.thresholds.tick",
                "2s");
    }

    private Map<String, String> optimizer() {
        return Map.of(
                "sluice.optimizer.signing.kid", "local",
                "sluice.optimizer.signing.private-key", secrets.directivePrivateKey(),
                "sluice.optimizer.pacing.interval", "PT2S",
                "sluice.optimizer.leadership.lease", "PT6S",
                "sluice.optimizer.leadership.renew", "PT1S",
                "sluice.optimizer.broadcast.heartbeat", "PT2S",
                "sluice.optimizer.directives.lease", "PT10S",
                "sluice.optimizer.rollout.hold", "PT4S",
                "sluice.optimizer.rollout.timeout", "PT30S",
                "sluice.optimizer.rollout.check", "PT1S");
    }
}
