package io.sluice.image.hostile;

import java.util.Set;

/**
 * One row of the table: what is thrown at the service and what it must answer.
 *
 * @param kind heading it stands under
 * @param name what it is, for an operator
 * @param attack how it is thrown
 * @param expected every answer that is right, as {@link Target} words them
 */
record HostileInput(String kind, String name, Attack attack, Set<String> expected) {
    /** Throws it. */
    interface Attack {
        void on(Target target) throws Exception;
    }

    /** An upload. */
    static HostileInput upload(String kind, String name, byte[] bytes, String... expected) {
        return row(kind, name, target -> target.upload(bytes), expected);
    }

    static HostileInput row(String kind, String name, Attack attack, String... expected) {
        return new HostileInput(kind, name, attack, Set.of(expected));
    }
}
