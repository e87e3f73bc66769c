package io.sluice.alerting.outbox;

import io.sluice.alerting.message.Message;
import io.sluice.platform.access.Roles;
import io.sluice.platform.problem.InvalidRequest;
import io.sluice.platform.problem.UnknownResource;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.RestPath;
import org.jspecify.annotations.Nullable;

/** Tries a receiver: the way an alert would go, through the outbox and every channel that is on. */
@Path("/api/v1/receivers")
@RolesAllowed(Roles.OPERATOR)
public class ReceiverTestResource {
    private static final Duration STEP = Duration.ofMillis(100);
    private static final int STEPS = 100;

    private final OutboxStore outbox;
    private final NotificationStore notifications;
    private final Channels channels;
    private final Courier courier;
    private final InstantSource clock;
    private final String receiver;

    ReceiverTestResource(
            OutboxStore outbox,
            NotificationStore notifications,
            Channels channels,
            Courier courier,
            InstantSource clock,
            @ConfigProperty(name = "sluice.alerting.route.receiver", defaultValue = "default") String receiver) {
        this.outbox = outbox;
        this.notifications = notifications;
        this.channels = channels;
        this.courier = courier;
        this.clock = clock;
        this.receiver = receiver;
    }

    @POST
    @Path("{name}/test")
    @Operation(
            summary = "Sends a notification labelled TEST and reports",
            description =
                    "Waits up to 10 s; a delivery that is PENDING then goes on. The same Idempotency-Key sends one.")
    public Uni<List<DeliveryView>> test(
            @RestPath String name, @HeaderParam("Idempotency-Key") @Nullable String idempotencyKey) {
        if (!name.equals(receiver)) {
            throw new UnknownResource("receiver", name);
        }
        if (channels.names().length == 0) {
            throw new InvalidRequest(
                    "name", "has no channel: set sluice.alerting.webhook.url or sluice.alerting.email.to");
        }
        String key = idempotencyKey == null ? UUID.randomUUID().toString() : idempotencyKey;
        return outbox.addTest(key, message(), channels.names())
                .invoke(courier::wake)
                .flatMap(id -> ended(id, STEPS));
    }

    private Uni<List<DeliveryView>> ended(long id, int steps) {
        return notifications.of(id).flatMap(all -> {
            boolean pending = all.stream().anyMatch(delivery -> delivery.state().equals("PENDING"));
            return pending && steps > 0
                    ? Uni.createFrom().voidItem().onItem().delayIt().by(STEP).flatMap(waited -> ended(id, steps - 1))
                    : Uni.createFrom().item(all);
        });
    }

    private Message message() {
        SortedMap<String, String> labels = new TreeMap<>();
        labels.put("alertname", "TEST");
        labels.put("severity", "P4");
        SortedMap<String, String> annotations = new TreeMap<>();
        annotations.put("summary", "A test of receiver " + receiver + "; nothing is wrong.");
        return Message.test(receiver, labels, annotations, clock.instant());
    }
}
