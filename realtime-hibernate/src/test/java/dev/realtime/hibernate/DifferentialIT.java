package dev.realtime.hibernate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realtime.event.Action;
import dev.realtime.event.Changes;
import dev.realtime.event.Delete;
import dev.realtime.event.Insert;
import dev.realtime.event.RowEvent;
import dev.realtime.event.Update;
import dev.realtime.hibernate.DifferentialRun.Seen;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/**
 * Every event of every entity equals, field by field, what {@code session.find()} returned right after the commit: an
 * insert, an update of each attribute, a delete; under both replica identities.
 */
@ExtendWith(DifferentialRun.Provider.class)
class DifferentialIT {

    static final List<Class<?>> ENTITIES = WholeModel.CONCRETE;

    private final DifferentialRun run;

    DifferentialIT(DifferentialRun run) {
        this.run = run;
    }

    @Test
    void theModelHasAtLeastSixtyEntities() {
        assertThat(ENTITIES).hasSizeGreaterThanOrEqualTo(60).doesNotHaveDuplicates();
    }

    @Test
    void everyAttributeWasUpdated() {
        assertThat(run.unwritten()).isEmpty();
    }

    @ParameterizedTest
    @FieldSource("ENTITIES")
    void eachEventEqualsWhatFindReturned(Class<?> entity) throws Exception {
        List<Seen> all = run.seen(entity);

        assertThat(all).hasSizeGreaterThanOrEqualTo(10);
        for (Seen seen : all) {
            assertThat(seen.change())
                    .as("told, but never made: %s", seen.event())
                    .isNotNull();
            assertThat(seen.event())
                    .as("made, but never told: %s", seen.change().action())
                    .isNotNull();
            verify(seen);
        }
    }

    private void verify(Seen seen) throws IllegalAccessException {
        RowEvent<?> event = seen.event();
        DifferentialRun.Change change = seen.change();
        assertThat(seen.action()).isEqualTo(change.action());
        assertThat(event.id()).isEqualTo(change.id());
        SameEntity same = new SameEntity(run.unit().factory(), event.unavailable());
        if (event instanceof Insert<?> insert) {
            assertThat(insert.unavailable()).isEqualTo(untold(change));
            same.verify(insert.after(), change.after());
        } else if (event instanceof Update<?> update) {
            same.verify(update.after(), change.after());
            boolean partial = run.samples().isSpread(change.entity())
                    && !update.unavailable().equals(untold(change)); // what lies in tables that were left alone
            if (change.action() == Action.INSERT || partial) {
                return;
            }
            assertThat(update.before().isPresent()).isEqualTo(seen.fullImages());
            if (seen.fullImages()) {
                assertThat(update.unavailable()).isEqualTo(untold(change));
                same.verify(update.before().orElseThrow(), change.before());
                verifyChanges(update.changes(), change, same);
            }
        } else if (event instanceof Delete<?> delete && seen.fullImages()) {
            same.verify(delete.before().orElseThrow(), change.before());
        }
    }

    private void verifyChanges(Changes changes, DifferentialRun.Change change, SameEntity same)
            throws IllegalAccessException {
        Map<String, Object> before = run.samples().values(change.before());
        Map<String, Object> after = run.samples().values(change.after());
        Set<String> differing = new TreeSet<>();
        for (String attribute : before.keySet()) {
            if (!untold(change).contains(attribute) && !same.isSame(before.get(attribute), after.get(attribute))) {
                differing.add(attribute);
            }
        }
        Set<String> told = new TreeSet<>(changes.asMap().keySet());
        told.removeIf(each -> !differing.contains(each) && after.get(each) instanceof Set); // kept in another order
        assertThat(told).as("changed").isEqualTo(differing);
        for (String attribute : differing) {
            same.value(changes.asMap().get(attribute).before(), before.get(attribute), attribute);
            same.value(changes.asMap().get(attribute).after(), after.get(attribute), attribute);
        }
    }

    private Set<String> untold(DifferentialRun.Change change) {
        return run.unit()
                .mapping(WholeModel.root(change.entity()))
                .unavailable()
                .keySet();
    }
}
