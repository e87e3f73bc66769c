package io.sluice.gateway.delivery;

import io.sluice.contracts.directive.DirectiveLease.InForce;
import io.sluice.contracts.directive.LevelCaps;
import io.sluice.contracts.image.ImageFormat;
import io.sluice.gateway.catalogue.Catalogue;
import io.sluice.gateway.catalogue.SharedDefinitions;
import io.sluice.gateway.catalogue.SourceFacts;
import io.sluice.gateway.directives.Directives;
import io.sluice.gateway.geo.Geo;
import io.sluice.gateway.geo.Ip;
import io.sluice.gateway.negotiation.Accept;
import io.sluice.gateway.negotiation.Hints;
import io.sluice.gateway.negotiation.ImageQuery;
import io.sluice.gateway.negotiation.Preset;
import io.sluice.gateway.negotiation.Rendition;
import io.sluice.gateway.routing.Routes;
import io.sluice.gateway.selection.Snapshot;
import io.sluice.gateway.signing.SigningConfig;
import jakarta.inject.Singleton;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/** Decides, for a source that is known, which variant is served and by which CDN. No I/O, no lock. */
@Singleton
public class Decider {
    private static final int ACCEPT_SLOTS = 1024;

    private final Routes routes;
    private final Geo geo;
    private final Directives directives;
    private final Catalogue catalogue;
    private final SignedPaths paths;
    private final Presets presets;
    private final AtomicReferenceArray<Accepted> accepts = new AtomicReferenceArray<>(ACCEPT_SLOTS);

    Decider(
            Routes routes,
            Geo geo,
            Directives directives,
            Catalogue catalogue,
            SigningConfig signing,
            PresetsConfig presets,
            SharedDefinitions shared,
            DeliveryConfig config) {
        this.routes = routes;
        this.geo = geo;
        this.directives = directives;
        this.catalogue = catalogue;
        this.paths = new SignedPaths(SigningConfig.signer(signing), config.signatures());
        this.presets = new Presets(presets, shared);
    }

    /**
     * Decides.
     *
     * @throws io.sluice.gateway.negotiation.MalformedQuery when parameters contradict each other
     */
    public Decision decide(
            SourceFacts facts, ImageQuery query, Preset preset, @Nullable String accept, Hints hints, Ip client) {
        InForce force = directives.inForce(facts.collection());
        int level = force == null ? 0 : directives.levelOf(force, facts.oid());
        LevelCaps caps = force == null ? LevelCaps.NONE : Directives.caps(force, level);
        Rendition rendition = Rendition.of(
                query, preset, accepted(accept), hints, facts.width(), facts.height(), facts.alpha(), caps);
        ImageFormat format = rendition.format();
        String pathAndQuery = format == null ? null : paths.of(facts, catalogue.profile(), rendition, format);
        int country = geo.table().country(client);
        Snapshot snapshot = routes.current().of(country);
        int bucket = Snapshot.bucketOf(facts.hash());
        long clientNumber = client.high() ^ client.low();
        int cdn = snapshot.choose(facts.hash(), clientNumber);
        return new Decision(facts, rendition, pathAndQuery, country, snapshot, bucket, clientNumber, cdn, force, level);
    }

    /**
     * What holds where a request says nothing, with the operations it asks for; null when it names a preset that there is not.
     *
     * @throws io.sluice.gateway.negotiation.MalformedQuery when it names a watermark that there is not
     */
    public @Nullable Preset preset(ImageQuery query) {
        Preset preset = presets.of(query.preset());
        return preset == null ? null : preset.with(presets.operations(query));
    }

    /** Names of all presets, for a person. */
    public String presetNames() {
        return presets.names();
    }

    /** Clients send few different headers: what one means is remembered. */
    private Accept accepted(@Nullable String header) {
        if (header == null) {
            return Accept.ANYTHING;
        }
        int hash = header.hashCode();
        int slot = (hash ^ hash >>> 16) & (ACCEPT_SLOTS - 1);
        Accepted known = accepts.get(slot);
        if (known == null || !known.header.equals(header)) {
            known = new Accepted(header, Accept.parse(header));
            if (header.length() <= 512) {
                accepts.set(slot, known);
            }
        }
        return known.accept;
    }

    private record Accepted(String header, Accept accept) {}
}
