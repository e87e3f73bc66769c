package io.sluice.contracts.directive;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.contracts.directive.DirectiveInbox.Receipt;
import io.sluice.contracts.directive.DirectiveLease.Offer;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class DirectiveInboxTest {
    private static final long LEASE = Duration.ofSeconds(10).toNanos();
    private static final KeyPair KEYS = pair();
    private static final KeyPair STRANGER = pair();

    private final DirectiveInbox inbox = inbox();

    @Property(tries = 200)
    void position_never_goes_back_whatever_the_order(
            @ForAll @Size(min = 1, max = 20) List<@IntRange(min = 11, max = 49) Integer> arrivals) {
        DirectiveInbox receiver = inbox();
        int newest = 0;
        for (int arrival : arrivals) {
            receiver.offer(sign(KEYS, arrival / 10, arrival % 10 + 1, "h"), 0);
            newest = Math.max(newest, arrival);
            Directive held = held(receiver);
            assertThat(held.epoch() * 10 + held.generation() - 1).isEqualTo(newest);
        }
    }

    @Test
    void takes_newer_repeats_equal_and_refuses_older_and_contradictory_ones() {
        assertThat(inbox.offer(sign(KEYS, 2, 5, "a"), 0).offer()).isEqualTo(Offer.TAKEN);
        assertThat(inbox.offer(sign(KEYS, 2, 5, "a"), 0).offer()).isEqualTo(Offer.REPEATED);
        assertThat(inbox.offer(sign(KEYS, 2, 4, "a"), 0).offer()).isEqualTo(Offer.OUTDATED);
        assertThat(inbox.offer(sign(KEYS, 1, 9, "a"), 0).offer()).isEqualTo(Offer.OUTDATED);
        assertThat(inbox.offer(sign(KEYS, 2, 5, "b"), 0).offer()).isEqualTo(Offer.SPLIT_BRAIN);
        assertThat(inbox.offer(sign(KEYS, 3, 1, "c"), 0).offer()).isEqualTo(Offer.TAKEN);
        assertThat(held(inbox).contentHash()).isEqualTo("c");
    }

    @Test
    void refuses_what_was_not_signed_by_the_optimizer() {
        Receipt forged = inbox.offer(sign(STRANGER, 9, 9, "x"), 0);
        assertThat(forged.held()).isFalse();
        SignedDirective real = sign(KEYS, 1, 1, "a");
        SignedDirective other = sign(KEYS, 1, 2, "a");
        assertThat(inbox.offer(new SignedDirective(real.protectedHeader(), other.payload(), real.signature()), 0)
                        .held())
                .isFalse();
        assertThat(inbox.offer(new SignedDirective("?", "?", "?"), 0).held()).isFalse();
        assertThat(inbox.view().leases()).isEmpty();
    }

    @Test
    void decays_one_level_a_lease_and_a_heartbeat_brings_it_back() {
        inbox.offer(sign(KEYS, 2, 1, "a"), 0);
        assertThat(egress(0)).isEqualTo(3);
        assertThat(egress(LEASE - 1)).isEqualTo(3);
        assertThat(egress(LEASE)).isEqualTo(2);
        assertThat(egress(3 * LEASE)).isZero();
        inbox.heartbeat(new StreamHeartbeat(1, "", Instant.EPOCH), 2 * LEASE);
        assertThat(egress(2 * LEASE)).isEqualTo(1);
        inbox.heartbeat(new StreamHeartbeat(2, "", Instant.EPOCH), 2 * LEASE);
        assertThat(egress(2 * LEASE)).isEqualTo(3);
    }

    @Test
    void a_heartbeat_tells_whether_something_was_missed() {
        inbox.offer(sign(KEYS, 1, 1, "a"), 0);
        assertThat(inbox.heartbeat(new StreamHeartbeat(1, inbox.digest(), Instant.EPOCH), 1))
                .isTrue();
        assertThat(inbox.heartbeat(new StreamHeartbeat(1, "other", Instant.EPOCH), 1))
                .isFalse();
    }

    @Test
    void a_restart_keeps_level_and_age() {
        inbox.offer(sign(KEYS, 1, 1, "a"), 0);
        DirectiveInbox restarted = inbox();
        restarted.restore(inbox.save(LEASE / 2), Duration.ofNanos(LEASE), 1_000_000);
        assertThat(restarted.view().of("any", 1_000_000).orElseThrow().axes().egress())
                .isEqualTo(2);
    }

    private double egress(long nanos) {
        return inbox.view().of("any", nanos).orElseThrow().axes().egress();
    }

    private static Directive held(DirectiveInbox receiver) {
        return receiver.view().lease(Directive.GLOBAL).orElseThrow().directive();
    }

    private static DirectiveInbox inbox() {
        return new DirectiveInbox(Map.of("k", KEYS.getPublic()), DirectiveInboxTest::read);
    }

    private static SignedDirective sign(KeyPair keys, int epoch, int generation, String hash) {
        byte[] payload = (epoch + " " + generation + " " + hash).getBytes(StandardCharsets.UTF_8);
        return DirectiveSignatures.seal(payload, "k", keys.getPrivate());
    }

    private static Directive read(byte[] payload) {
        String[] parts = new String(payload, StandardCharsets.UTF_8).split(" ");
        return new Directive(
                "id",
                Directive.GLOBAL,
                Long.parseLong(parts[0]),
                Long.parseLong(parts[1]),
                parts[2],
                Instant.EPOCH,
                10,
                null,
                Directive.OnExpiry.DECAY,
                List.of("image-worker"),
                new Axes(3, 0, 0, 0),
                Mix.of(3, 0, "s"),
                new TreeMap<>(),
                null,
                null,
                List.of(),
                new Directive.Reason("TEST", "test", Map.of()),
                new Directive.Actor("CONTROLLER", "test"),
                null);
    }

    private static KeyPair pair() {
        try {
            return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
