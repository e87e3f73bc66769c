package io.sluice.alerting.outbox;

import io.quarkus.arc.All;
import jakarta.inject.Singleton;
import java.util.List;

/** The channels of this build, on or off. */
@Singleton
public class Channels {
    private final List<Channel> all;

    Channels(@All List<Channel> all) {
        this.all = List.copyOf(all);
    }

    /** All of them. */
    public List<Channel> all() {
        return all;
    }

    /** Those that have a destination. */
    public List<Channel> configured() {
        return all.stream().filter(Channel::configured).toList();
    }

    /** Names of those that have a destination. */
    public String[] names() {
        return configured().stream().map(Channel::name).toArray(String[]::new);
    }
}
