package io.sluice.image.definition;

import io.sluice.contracts.image.VariantAddress;
import jakarta.enterprise.context.ApplicationScoped;

/** Keeps everything but presets out, where the operator wants that. Answers from memory. */
@ApplicationScoped
public class PresetsOnly {
    private final boolean only;
    private final Definitions definitions;

    PresetsOnly(PresetsConfig config, Definitions definitions) {
        this.only = config.only();
        this.definitions = definitions;
    }

    /**
     * Lets an address of a preset pass, and a source's own pixels, to which only this service leads.
     *
     * @throws NotAPreset when it is of none
     */
    public void check(VariantAddress address) {
        if (only && address.recipe().isPresent() && !ofPreset(address)) {
            throw new NotAPreset();
        }
    }

    private boolean ofPreset(VariantAddress address) {
        return definitions.known().presets().values().stream()
                .anyMatch(preset -> preset.covers(address.recipe().orElseThrow(), address.format()));
    }
}
