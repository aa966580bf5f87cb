package dev.realtime.hibernate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.realtime.error.MappingException;
import dev.realtime.hibernate.model.Lazies;
import dev.realtime.mapping.MappedAttribute;
import dev.realtime.mapping.Row;
import dev.realtime.mapping.RowMapper;
import java.lang.reflect.InvocationTargetException;
import java.util.List;
import java.util.Map;
import org.hibernate.Hibernate;
import org.hibernate.LazyInitializationException;
import org.hibernate.engine.spi.PersistentAttributeInterceptable;
import org.hibernate.engine.spi.SelfDirtinessTracker;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Classes that the build enhanced: what arrives is a plain object, and a reference stays one. */
class EnhancedIT {

    private static PersistenceUnit unit;
    private static Class<?> book;
    private static Class<?> author;

    @BeforeAll
    static void start() throws Exception {
        EnhancingClassLoader loader = new EnhancingClassLoader(Lazies.class);
        book = loader.loadClass(Lazies.Book.class.getName());
        author = loader.loadClass(Lazies.Author.class.getName());
        unit = new PersistenceUnit(loader, Map.of(), List.of(), author, book);
        unit.database()
                .execute("insert into author (id, name) values (1, 'Ada')", "insert into book values (1, 1, 'x', 'T')");
    }

    @AfterAll
    static void stop() throws Exception {
        if (unit != null) {
            unit.close();
        }
    }

    @Test
    void anEnhancedEntityHasEveryAttributeAndLoadsNone() throws Exception {
        Object ours = entity(book, "");

        assertThat(ours).isInstanceOf(PersistentAttributeInterceptable.class);
        assertThat(((PersistentAttributeInterceptable) ours).$$_hibernate_getInterceptor())
                .isNull();
        assertThat(get(ours, "Text")).isEqualTo("x");
        assertThat(get(ours, "Title")).isEqualTo("T");
        assertThat(((SelfDirtinessTracker) ours).$$_hibernate_hasDirtyAttributes())
                .isFalse();
    }

    @Test
    void aLazyAttributeThatTheRowDoesNotTellIsNullAndLoadsNothing() throws Exception {
        RowMapper<?> mapper = unit.mapper(book);
        Object ours = mapper.entity(unit.row(book, "").without("text"));

        assertThat(get(ours, "Text")).isNull();
    }

    @Test
    void aReferenceToAnEnhancedClassKnowsItsIdAndNothingElse() throws Exception {
        Object reference = get(entity(book, ""), "Author");

        assertThat(Hibernate.isInitialized(reference)).isFalse();
        assertThat(unit.factory().getPersistenceUnitUtil().getIdentifier(reference))
                .isEqualTo(1);
        assertThat(get(reference, "Id")).isEqualTo(1);
        assertThatExceptionOfType(InvocationTargetException.class)
                .isThrownBy(() -> get(reference, "Name"))
                .withCauseInstanceOf(LazyInitializationException.class);
    }

    @Test
    void mergingAnEnhancedEntityLeavesTheDatabaseAsItIs() throws Exception {
        Object ours = entity(book, "");
        String before = unit.feeder().text("select b::text || a::text from book b, author a");

        unit.inTransaction(session -> session.merge(ours));

        assertThat(unit.feeder().text("select b::text || a::text from book b, author a"))
                .isEqualTo(before);
    }

    @Test
    void aClassOfTheSameNameFromAnotherClassLoaderIsRefused() {
        assertThatExceptionOfType(MappingException.class)
                .isThrownBy(() -> unit.mappings().of(Lazies.Book.class))
                .withMessageContaining("class loader");
    }

    @Test
    void theIdReferredToIsReadWithoutAReference() throws Exception {
        RowMapper<?> mapper = unit.mapper(book);
        Row row = unit.row(book, "");
        MappedAttribute attribute = mapper.attributes().stream()
                .filter(each -> each.name().equals("author"))
                .findFirst()
                .orElseThrow();

        assertThat(mapper.referenceId(attribute, row)).isEqualTo(1);
    }

    private static Object entity(Class<?> type, String condition) throws Exception {
        return unit.mapper(type).entity(unit.row(type, condition));
    }

    private static Object get(Object entity, String property) throws Exception {
        return entity.getClass().getMethod("get" + property).invoke(entity);
    }
}
