package io.sluice.lfs.billing;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.time.LocalDate;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * One call to GitHub and what came of it.
 *
 * @param status GitHub's answer; absent without one
 * @param items rows of all products in it
 * @param changed figures that were written
 * @param doubled rows left out because they repeat another in every field
 * @param detail what to do about it, or what was peculiar
 */
@RegisterForReflection
public record Pull(
        long id,
        LocalDate day,
        Instant started,
        Outcome outcome,
        @Nullable Integer status,
        int items,
        int changed,
        int doubled,

        @Schema(description = "What to do about it, or what was peculiar; absent when all is well") @Nullable
        String detail) {}
