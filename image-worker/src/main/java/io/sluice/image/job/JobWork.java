package io.sluice.image.job;

import io.sluice.contracts.image.VariantAddress;
import io.sluice.image.directive.Descent;
import io.sluice.image.directive.DirectiveInForce;
import io.sluice.image.variant.EncoderProfile;
import io.sluice.image.variant.SetMaker;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * What is done for a job: its variants are made, as far as the directive in force allows them at this moment. An address that
 * it does not allow, or whose encoder profile is gone, is left out: nobody is served there, and who asks later asks anew.
 */
@ApplicationScoped
class JobWork {
    private final SetMaker maker;
    private final EncoderProfile profile;
    private final DirectiveInForce directives;

    JobWork(SetMaker maker, EncoderProfile profile, DirectiveInForce directives) {
        this.maker = maker;
        this.profile = profile;
        this.directives = directives;
    }

    /**
     * Works on the calling thread, which must be a platform thread.
     *
     * @param mine asked between two variants: whether the job is still this worker's
     */
    Worked perform(JobClaim job, BooleanSupplier mine) throws Exception {
        List<VariantAddress> present = job.addresses().stream()
                .map(VariantAddress::parse)
                .filter(this::present)
                .toList();
        if (present.isEmpty()) {
            return new Worked.Ended(Worked.Result.OBSOLETE);
        }
        List<VariantAddress> allowed = present.stream().filter(this::allowed).toList();
        if (allowed.isEmpty()) {
            return new Worked.Ended(Worked.Result.CAPPED);
        }
        String collection = allowed.getFirst().collection();
        if (!directives.mayBegin(collection, job.priority())) {
            return new Worked.Later(Math.max(1, directives.retryAfterSeconds(collection)));
        }
        maker.make(allowed, mine);
        return new Worked.Ended(Worked.Result.MADE);
    }

    private boolean present(VariantAddress address) {
        return address.recipe()
                .map(recipe -> recipe.profile().equals(profile.id()))
                .orElse(false);
    }

    private boolean allowed(VariantAddress address) {
        return Descent.within(directives.caps(address.collection(), address.oid()), address)
                .isEmpty();
    }
}
