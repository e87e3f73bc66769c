package io.sluice.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.gateway.catalogue.CatalogueConfig;
import io.sluice.gateway.cdns.CdnsConfig;
import io.sluice.gateway.cdns.CredentialsConfig;
import io.sluice.gateway.cdns.VendorKind;
import io.sluice.gateway.delivery.DeliveryConfig;
import io.sluice.gateway.delivery.OriginConfig;
import io.sluice.gateway.delivery.PresetsConfig;
import io.sluice.gateway.directives.DirectivesConfig;
import io.sluice.gateway.dns.DnsConfig;
import io.sluice.gateway.dns.NameChoice;
import io.sluice.gateway.geo.ClientHeader;
import io.sluice.gateway.geo.GeoConfig;
import io.sluice.gateway.health.HealthConfig;
import io.sluice.gateway.outcomes.OutcomesConfig;
import io.sluice.gateway.pricing.PricingConfig;
import io.sluice.gateway.purge.PurgeConfig;
import io.sluice.gateway.recording.RecordingConfig;
import io.sluice.gateway.routing.RoutingConfig;
import io.sluice.gateway.selection.AllDown;
import io.sluice.gateway.steering.SteeringConfig;
import io.sluice.gateway.vendors.VendorsConfig;
import io.sluice.gateway.warming.WarmingConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ConfigDefaultsTest {
    @Test
    void delivery_has_these_defaults() {
        DeliveryConfig delivery = defaults(DeliveryConfig.class);
        assertThat(delivery.host()).isEqualTo("0.0.0.0");
        assertThat(delivery.port()).isEqualTo(8080);
        assertThat(delivery.loops()).isZero();
        assertThat(delivery.redirectMaxAge()).isEqualTo(Duration.ofSeconds(30));
        assertThat(delivery.signatures()).isEqualTo(65_536);
        assertThat(delivery.drain()).isEqualTo(Duration.ofSeconds(10));
        assertThat(defaults(OriginConfig.class).originFallbackUrl()).isEmpty();
    }

    @Test
    void images_have_these_defaults() {
        PresetsConfig image = defaults(PresetsConfig.class);
        assertThat(image.avif()).isEqualTo(60);
        assertThat(image.webp()).isEqualTo(80);
        assertThat(image.jpeg()).isEqualTo(75);
        assertThat(image.fit()).isEqualTo("inside");
        assertThat(image.presets()).isEmpty();
    }

    @Test
    void the_catalogue_has_these_defaults() {
        CatalogueConfig catalogue = defaults(CatalogueConfig.class);
        assertThat(catalogue.maxEntries()).isEqualTo(100_000);
        assertThat(catalogue.lookupTimeout()).isEqualTo(Duration.ofSeconds(2));
        assertThat(catalogue.maxLookups()).isEqualTo(256);
        assertThat(catalogue.unknownFor()).isEqualTo(Duration.ofSeconds(5));
        assertThat(catalogue.saveInterval()).isEqualTo(Duration.ofSeconds(30));
        assertThat(catalogue.definitionsInterval()).isEqualTo(Duration.ofSeconds(10));
        assertThat(catalogue.silence()).isEqualTo(Duration.ofSeconds(35));
        assertThat(catalogue.firstProfile()).isEqualTo("e1");
    }

    @Test
    void health_has_these_defaults() {
        HealthConfig health = defaults(HealthConfig.class);
        assertThat(health.interval()).isEqualTo(Duration.ofSeconds(2));
        assertThat(health.jitter()).isEqualTo(0.2);
        assertThat(health.timeout()).isEqualTo(Duration.ofSeconds(1));
        assertThat(health.bodySha256()).isEmpty();
        assertThat(health.breakerOpen()).isEqualTo(Duration.ofSeconds(30));
        assertThat(health.breakerMaxOpen()).isEqualTo(Duration.ofMinutes(10));
        assertThat(health.slowStart()).isEqualTo(Duration.ofMinutes(5));
    }

    @Test
    void cdns_selection_and_directives_have_these_defaults() {
        assertThat(defaults(RoutingConfig.class).allDown()).isEqualTo(AllDown.ANSWERING);
        DirectivesConfig directives = defaults(DirectivesConfig.class);
        assertThat(directives.workerId()).isEqualTo("cdn-gateway-0");
        assertThat(directives.silence()).isEqualTo(Duration.ofSeconds(25));
        assertThat(directives.reconcile()).isEqualTo(Duration.ofSeconds(30));
        assertThat(directives.keys()).isEmpty();
        assertThat(defaults(CdnsConfig.class, "sluice.gateway.cdns.a.url", "http://a")
                        .byName()
                        .values())
                .singleElement()
                .satisfies(seed -> {
                    assertThat(seed.weight()).isEqualTo(100);
                    assertThat(seed.probe()).isEqualTo("/v/canary");
                    assertThat(seed.kind()).isEqualTo(VendorKind.HTTP);
                    assertThat(seed.settings()).isEmpty();
                    assertThat(seed.credential()).isEmpty();
                });
    }

    @Test
    void geo_pricing_and_steering_have_these_defaults() {
        GeoConfig geo = defaults(GeoConfig.class);
        assertThat(geo.v4File()).hasToString("/usr/share/tor/geoip");
        assertThat(geo.v6File()).hasToString("/usr/share/tor/geoip6");
        assertThat(geo.mmdbFile()).isEmpty();
        assertThat(geo.overridesFile()).isEmpty();
        assertThat(geo.checkInterval()).isEqualTo(Duration.ofSeconds(10));
        assertThat(geo.trustedProxies()).isEmpty();
        assertThat(geo.clientHeader()).isEqualTo(ClientHeader.X_FORWARDED_FOR);
        PricingConfig pricing = defaults(PricingConfig.class);
        assertThat(pricing.listPricesFile()).isEmpty();
        assertThat(pricing.usageInterval()).isEqualTo(Duration.ofMinutes(1));
        assertThat(pricing.originPerGb()).isEqualTo(0.0875);
        SteeringConfig steering = defaults(SteeringConfig.class);
        assertThat(steering.scorecardInterval()).isEqualTo(Duration.ofSeconds(30));
        assertThat(steering.ttfbMetric()).isEqualTo("cdn.ttfb");
        assertThat(steering.minSamples()).isEqualTo(30);
        assertThat(steering.errorObjective()).isEqualTo(0.01);
        assertThat(steering.originMbps()).isEmpty();
    }

    @Test
    void purges_and_vendors_have_these_defaults() {
        PurgeConfig purge = defaults(PurgeConfig.class);
        assertThat(purge.maxValues()).isEqualTo(5000);
        assertThat(purge.maxAttempts()).isEqualTo(10);
        assertThat(purge.backoff()).isEqualTo(Duration.ofSeconds(1));
        assertThat(purge.lease()).isEqualTo(Duration.ofMinutes(1));
        assertThat(purge.verifyAfter()).isEqualTo(Duration.ofSeconds(2));
        assertThat(purge.keep()).isEqualTo(Duration.ofDays(30));
        assertThat(purge.rights()).isEmpty();
        VendorsConfig vendors = defaults(VendorsConfig.class);
        assertThat(vendors.cloudflare()).isEqualTo("https://api.cloudflare.com/client/v4");
        assertThat(vendors.cloudfront()).isEqualTo("https://cloudfront.amazonaws.com");
        assertThat(vendors.fastly()).isEqualTo("https://api.fastly.com");
        assertThat(vendors.bunny()).isEqualTo("https://api.bunny.net");
        assertThat(vendors.timeout()).isEqualTo(Duration.ofSeconds(15));
        assertThat(defaults(CredentialsConfig.class).byName()).isEmpty();
    }

    @Test
    void warmings_and_the_sample_of_decisions_have_these_defaults() {
        WarmingConfig warming = defaults(WarmingConfig.class);
        assertThat(warming.requestsPerSecond()).isEqualTo(20);
        assertThat(warming.bytesPerSecond()).isEqualTo(10_000_000);
        assertThat(warming.maxValues()).isEqualTo(5000);
        assertThat(warming.maxAttempts()).isEqualTo(5);
        assertThat(warming.backoff()).isEqualTo(Duration.ofSeconds(5));
        assertThat(warming.pause()).isEqualTo(Duration.ofSeconds(30));
        assertThat(warming.lease()).isEqualTo(Duration.ofMinutes(2));
        assertThat(warming.timeout()).isEqualTo(Duration.ofSeconds(30));
        assertThat(warming.probeAfter()).isEqualTo(Duration.ofSeconds(2));
        assertThat(warming.keep()).isEqualTo(Duration.ofDays(30));
        assertThat(warming.scheduleInterval()).isEqualTo(Duration.ofSeconds(30));
        RecordingConfig recording = defaults(RecordingConfig.class);
        assertThat(recording.size()).isEqualTo(16_384);
        assertThat(recording.oneIn()).isEqualTo(16);
    }

    @Test
    void dns_has_these_defaults() {
        DnsConfig dns = defaults(
                DnsConfig.class,
                "sluice.gateway.dns.zones.a.zone",
                "cdn.test",
                "sluice.gateway.dns.zones.a.names",
                "img",
                "sluice.gateway.dns.zones.a.name-servers",
                "ns1.example.test");
        assertThat(dns.allow()).containsExactly("127.0.0.0/8", "::1/128");
        assertThat(dns.ttl()).isEqualTo(Duration.ofSeconds(30));
        assertThat(dns.targets()).isEmpty();
        assertThat(dns.zones().values())
                .extracting(DnsConfig.ZoneConfig::choice)
                .containsExactly(NameChoice.LEADER);
        assertThat(defaults(DnsConfig.class).zones()).isEmpty();
    }

    @Test
    void outcomes_have_these_defaults() {
        OutcomesConfig outcomes = defaults(OutcomesConfig.class);
        assertThat(outcomes.enabled()).isTrue();
        assertThat(outcomes.origins()).isEmpty();
        assertThat(outcomes.perNetwork()).isEqualTo(30);
        assertThat(outcomes.maxAge()).isEqualTo(Duration.ofMinutes(10));
        assertThat(outcomes.handOn()).isEqualTo(Duration.ofSeconds(2));
        assertThat(outcomes.maxWaiting()).isEqualTo(20_000);
    }

    private static <T> T defaults(Class<T> mapping, String... given) {
        SmallRyeConfigBuilder builder = new SmallRyeConfigBuilder().withMapping(mapping);
        for (int i = 0; i < given.length; i += 2) {
            builder.withDefaultValue(given[i], given[i + 1]);
        }
        return builder.build().getConfigMapping(mapping);
    }
}
