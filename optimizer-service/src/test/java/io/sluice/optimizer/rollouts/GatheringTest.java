package io.sluice.optimizer.rollouts;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.platform.database.DatabaseUnavailable;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class GatheringTest {
    private final List<List<String>> batches = new ArrayList<>();
    private final List<UniEmitter<? super List<Optional<Throwable>>>> answers = new ArrayList<>();
    private final List<String> outcomes = new ArrayList<>();
    private final Gathering<String> gathering = new Gathering<>(3, 5, text -> text.charAt(0), this::work);

    @Test
    void one_alone_waits_for_nobody_and_what_comes_meanwhile_goes_together() {
        add("a", "b", "c", "d", "e");
        assertThat(batches).containsExactly(List.of("a"));
        accept(0);
        assertThat(batches).containsExactly(List.of("a"), List.of("b", "c", "d"));
        assertThat(outcomes).containsExactly("a ok");
        accept(1);
        accept(2);
        assertThat(batches.getLast()).containsExactly("e");
        assertThat(outcomes).containsExactly("a ok", "b ok", "c ok", "d ok", "e ok");
    }

    @Test
    void two_of_one_key_never_share_a_batch_and_keep_their_order() {
        add("x", "a1", "b1", "a2", "b2");
        accept(0);
        accept(1);
        accept(2);
        assertThat(batches).containsExactly(List.of("x"), List.of("a1", "b1"), List.of("a2", "b2"));
    }

    @Test
    void what_is_refused_is_refused_alone() {
        add("x", "a", "b");
        accept(0);
        answers.get(1).complete(List.of(Optional.of(new IllegalStateException("no")), Optional.empty()));
        assertThat(outcomes).containsExactly("x ok", "a no", "b ok");
    }

    @Test
    void a_batch_that_fails_is_tried_one_by_one() {
        add("x", "a", "b");
        accept(0);
        answers.get(1).fail(new IllegalStateException("a bad one"));
        answers.get(2).fail(new IllegalStateException("this one"));
        accept(3);
        assertThat(batches.subList(1, 4)).containsExactly(List.of("a", "b"), List.of("a"), List.of("b"));
        assertThat(outcomes).containsExactly("x ok", "a this one", "b ok");
        add("c");
        accept(4);
        assertThat(outcomes).endsWith("c ok");
    }

    @Test
    void everybody_who_waits_is_told_at_once_that_the_database_is_away() {
        add("x", "a", "b", "c", "d");
        answers.getFirst().fail(new DatabaseUnavailable("away"));
        assertThat(outcomes).containsExactly("x away", "a away", "b away", "c away", "d away");
        add("e");
        accept(1);
        assertThat(outcomes).endsWith("e ok");
    }

    @Test
    void more_than_may_wait_are_refused() {
        add("x", "a", "b", "c", "d", "e", "f");
        assertThat(outcomes).hasSize(1);
        assertThat(outcomes.getFirst()).startsWith("f Too many");
    }

    private void add(String... items) {
        for (String item : items) {
            gathering
                    .add(item)
                    .subscribe()
                    .with(
                            done -> outcomes.add(item + " ok"),
                            failure -> outcomes.add(item + ' ' + failure.getMessage()));
        }
    }

    private Uni<List<Optional<Throwable>>> work(List<String> batch) {
        batches.add(batch);
        return Uni.createFrom().emitter(answers::add);
    }

    private void accept(int batch) {
        List<Optional<Throwable>> none = new ArrayList<>();
        batches.get(batch).forEach(item -> none.add(Optional.empty()));
        answers.get(batch).complete(none);
    }
}
