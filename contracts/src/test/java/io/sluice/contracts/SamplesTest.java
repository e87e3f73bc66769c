package io.sluice.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.sluice.contracts.alert.PostableAlert;
import io.sluice.contracts.budget.Budget;
import io.sluice.contracts.directive.Ack;
import io.sluice.contracts.directive.Directive;
import io.sluice.contracts.directive.RolloutStatus;
import io.sluice.contracts.directive.SignedDirective;
import io.sluice.contracts.directive.StreamHeartbeat;
import io.sluice.contracts.directive.WorkerRegistration;
import io.sluice.contracts.outcome.CdnScore;
import io.sluice.contracts.outcome.OutcomeBatch;
import io.sluice.contracts.problem.Problem;
import io.sluice.contracts.sample.SampleBatch;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SamplesTest {
    // As JsonDialect of the platform, which contracts cannot depend on.
    private static final ObjectMapper JSON = dialect();

    static Stream<Arguments> samples() {
        return Stream.of(
                Arguments.of("budget", Budget.class),
                Arguments.of("directive", Directive.class),
                Arguments.of("signed-directive", SignedDirective.class),
                Arguments.of("ack", Ack.class),
                Arguments.of("worker-registration", WorkerRegistration.class),
                Arguments.of("rollout-status", RolloutStatus.class),
                Arguments.of("heartbeat", StreamHeartbeat.class),
                Arguments.of("sample-batch", SampleBatch.class),
                Arguments.of("outcome-batch", OutcomeBatch.class),
                Arguments.of("cdn-score", CdnScore.class),
                Arguments.of("problem", Problem.class),
                Arguments.of("alert", PostableAlert.class));
    }

    @ParameterizedTest
    @MethodSource("samples")
    void a_sample_survives_being_read_and_written(String name, Class<?> type) throws IOException {
        String sample = Files.readString(Path.of("samples", name + ".json"));
        Object read = JSON.readValue(sample, type);
        assertThat(JSON.readTree(JSON.writeValueAsString(read))).isEqualTo(JSON.readTree(sample));
    }

    @ParameterizedTest
    @MethodSource("samples")
    void a_reader_ignores_what_it_does_not_know(String name, Class<?> type) throws IOException {
        String sample = Files.readString(Path.of("samples", name + ".json"));
        String newer = sample.replaceFirst("\\{", "{\"fromTheFuture\":[1,{\"a\":2}],");
        assertThat(JSON.readValue(newer, type)).isEqualTo(JSON.readValue(sample, type));
    }

    static ObjectMapper dialect() {
        ObjectMapper json = JsonMapper.builder()
                .addModule(new JavaTimeModule())
                .addModule(new com.fasterxml.jackson.datatype.jdk8.Jdk8Module())
                .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
                .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .disable(DeserializationFeature.ADJUST_DATES_TO_CONTEXT_TIME_ZONE)
                .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .build();
        json.setDefaultPropertyInclusion(JsonInclude.Include.NON_NULL);
        json.configOverride(BigDecimal.class).setFormat(JsonFormat.Value.forShape(JsonFormat.Shape.STRING));
        return json;
    }
}
