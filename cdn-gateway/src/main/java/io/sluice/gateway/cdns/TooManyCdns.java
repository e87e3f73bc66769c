package io.sluice.gateway.cdns;

import io.sluice.gateway.selection.Snapshot;
import io.sluice.platform.problem.ProblemException;

/** 409: there are as many CDNs as there may be. */
final class TooManyCdns extends ProblemException {
    private static final long serialVersionUID = 1L;

    TooManyCdns() {
        super(409, "too-many-cdns", "There are too many CDNs", "Delete one of the " + Snapshot.MAX_CDNS + " first.");
    }
}
