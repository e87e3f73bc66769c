package io.sluice.image.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sluice.contracts.image.AddressSigner;
import io.sluice.contracts.image.AddressSigner.Verdict;
import io.sluice.image.ServiceFolders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SigningTest {
    private static final String PATH = "/v/a/b/c.webp";
    private static final String ONE = "keys.k1=" + base64(ServiceFolders.ACTIVE) + '\n';
    private static final String TWO = "keys.k2=" + base64(ServiceFolders.FORMER) + '\n';
    private static final AddressSigner FIRST = new AddressSigner("k1", Map.of("k1", ServiceFolders.ACTIVE));

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    @BeforeEach
    void keys() throws IOException {
        put("active=k1\n" + ONE);
    }

    @Test
    void takes_new_keys_without_a_restart_and_lets_go_of_old_ones() throws IOException {
        Signing signing = signing(Optional.of(file()));
        String old = FIRST.sign(PATH);
        put("active=k2\n" + ONE + TWO);
        assertThat(signing.signer().orElseThrow().sign(PATH)).contains("k=k1");

        signing.look();

        assertThat(signing.signer().orElseThrow().sign(PATH)).contains("k=k2");
        assertThat(verdict(signing, old)).isEqualTo(Verdict.VALID);
        put("active=k2\n" + TWO);
        signing.look();
        assertThat(verdict(signing, old)).isEqualTo(Verdict.UNKNOWN_KEY);
        assertThat(count("taken")).isEqualTo(3);
    }

    @Test
    void keeps_its_signer_while_the_file_stays_the_same() {
        Signing signing = signing(Optional.of(file()));
        AddressSigner before = signing.signer().orElseThrow();

        signing.look();

        assertThat(signing.signer().orElseThrow()).isSameAs(before);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "active=k1",
                "active=k9\nkeys.k1=MDEyMzQ1Njc4OWFiY2RlZg==",
                "active=k1\nkeys.k1=not base64!",
                "active=k1\nkeys.k1=c2hvcnQ=",
                "active=k1\nkeys.k1=MDEyMzQ1Njc4OWFiY2RlZg==\nsecret=x",
                "keys.k1=MDEyMzQ1Njc4OWFiY2RlZg==",
                "active=\\u12"
            })
    void refuses_a_file_that_cannot_be_used_and_keeps_the_old_keys(String content) throws IOException {
        Signing signing = signing(Optional.of(file()));
        put(content);

        signing.look();
        signing.look();

        assertThat(signing.signer().orElseThrow().sign(PATH)).contains("k=k1");
        assertThat(signing.problem()).isNotEmpty().doesNotContain("not base64!", "MDEy");
        assertThat(count("refused")).isEqualTo(1);
        assertThat(new SigningHealth(signing).call().getData().orElseThrow()).containsEntry("active", "k1");
        put("active=k1\n" + ONE);
        signing.look();
        assertThat(signing.problem()).isEmpty();
    }

    @Test
    void keeps_the_old_keys_while_the_file_is_gone_and_takes_it_when_it_is_back() throws IOException {
        Signing signing = signing(Optional.of(file()));
        Files.delete(file());
        signing.look();
        assertThat(signing.problem()).contains("cannot be read");
        assertThat(verdict(signing, FIRST.sign(PATH))).isEqualTo(Verdict.VALID);

        put("active=k1\n" + ONE);
        signing.look();

        assertThat(signing.problem()).isEmpty();
    }

    @Test
    void is_not_ready_without_any_key_and_becomes_so_when_there_is_one() throws IOException {
        Files.delete(file());
        Signing signing = signing(Optional.of(file()));
        assertThat(signing.signer()).isEmpty();
        assertThat(new SigningHealth(signing).call().getStatus().name()).isEqualTo("DOWN");

        put("active=k1\n" + ONE);
        signing.look();

        assertThat(new SigningHealth(signing).call().getStatus().name()).isEqualTo("UP");
        assertThat(signing(Optional.empty()).signer()).as("configured keys").isPresent();
    }

    private Signing signing(Optional<Path> file) {
        return new Signing(
                new SigningConfig() {
                    @Override
                    public Optional<String> active() {
                        return Optional.of("k1");
                    }

                    @Override
                    public Map<String, String> keys() {
                        return Map.of("k1", base64(ServiceFolders.ACTIVE));
                    }

                    @Override
                    public Optional<Path> file() {
                        return file;
                    }
                },
                meters);
    }

    private static Verdict verdict(Signing signing, String signed) {
        String[] query = signed.substring(signed.indexOf('?') + 1).split("&");
        return signing.signer()
                .orElseThrow()
                .verify(PATH, query[0].substring(2), query[1].substring(2), null, Instant.EPOCH);
    }

    private double count(String outcome) {
        return meters.counter("sluice.signing.reloads", "outcome", outcome).count();
    }

    private Path file() {
        return folder.resolve("signing.properties");
    }

    private void put(String content) throws IOException {
        Files.writeString(file(), content);
    }

    private static String base64(byte[] secret) {
        return Base64.getEncoder().encodeToString(secret);
    }
}
