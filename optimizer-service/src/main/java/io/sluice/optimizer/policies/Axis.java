package io.sluice.optimizer.policies;

/** The four axes, spelt as in a directive. */
public enum Axis {
    egress,
    origin,
    compute,
    availability
}
