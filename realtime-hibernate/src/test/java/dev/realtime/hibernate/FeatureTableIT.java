package dev.realtime.hibernate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realtime.event.Action;
import dev.realtime.event.Insert;
import dev.realtime.event.RowEvent;
import dev.realtime.event.Update;
import dev.realtime.hibernate.DifferentialRun.Seen;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The features of {@code docs/mapping.md} that arrive as Hibernate reads them: each attribute that stands for one was
 * updated, and came as {@code find()} returned it.
 */
@ExtendWith(DifferentialRun.Provider.class)
class FeatureTableIT {

    private final DifferentialRun run;

    FeatureTableIT(DifferentialRun run) {
        this.run = run;
    }

    @Test
    void primitivesWrappersTextAndBytes() throws Exception {
        arrives("Everything", "aBoolean aByte aShort anInt aFloat aDouble aChar boxedBoolean boxedByte boxedShort");
        arrives("Everything", "boxedInt boxedLong boxedFloat boxedDouble boxedChar string text padded bytes chars");
        arrives("Texts", "longText national padded longChars longBytes boxedBytes");
    }

    @Test
    void decimalsAndBigIntegers() throws Exception {
        arrives("Everything", "decimal bigInteger");
        arrives("Figures", "anyScale fine huge asNumeric small large asText flagAsNumber flagAsLetter");
    }

    @Test
    void uuidsInEachTypeOfColumn() throws Exception {
        arrives("Everything", "uuid uuidAsText uuidAsBytes");
    }

    @Test
    void datesAndTimes() throws Exception {
        arrives("Everything", "localDate localTime localDateTime instant instantWithoutZone offsetDateTime");
        arrives("Everything", "zonedDateTime offsetTime timestampDate dateDate timeDate calendar");
        arrives("Everything", "sqlDate sqlTime sqlTimestamp");
        arrives("Moments", "wholeSeconds asNumber");
    }

    @Test
    void timeZoneStorageOfEveryKind() throws Exception {
        arrives("Zoned", "offsetNative offsetNormalized offsetUtc offsetColumn");
        arrives("Zoned", "zonedNative zonedNormalized zonedUtc zonedColumn timeUtc timeColumn");
        arrives("Everything", "normalized withZoneColumn");
    }

    @Test
    void durationsAsNumbersAndIntervals() throws Exception {
        arrives("Everything", "duration interval");
        arrives("Moments", "interval nanoseconds");
    }

    @Test
    void yearsZonesCurrenciesLocalesUrlsClassesAndAddresses() throws Exception {
        arrives("Everything", "year zoneId zoneOffset currency url locale timeZone type address");
    }

    @Test
    void enumsByOrdinalByTextAndOfTheServer() throws Exception {
        arrives("Everything", "ordinal named inServer");
        arrives("Enums", "ordinal text ofServer padded wideOrdinal");
    }

    @Test
    void convertersOfTheApplicationAndOfHibernate() throws Exception {
        arrives("Station", "auto plain numbers shouted version3 yesNo trueFalse numeric weather");
        arrives("Everything", "yesNo trueFalse numeric words");
        arrives("Watched", "name");
    }

    @Test
    void jsonDocumentsThroughTheFactorysOwnFormatMapper() throws Exception {
        arrives("Jsons", "card cards map points asJsonNotJsonb numbers");
        arrives("Everything", "json point points");
        arrives("Collections", "asJson");
    }

    @Test
    void jsonAggregates() throws Exception {
        arrives("JsonAggregates", "part dot");
        arrives("JsonNested", "assembly");
    }

    @Test
    void arraysAndCollectionsOfBasicValues() throws Exception {
        arrives("Primitives", "booleans shorts ints longs floats doubles");
        arrives("Primitives", "boxedBooleans boxedShorts boxedInts boxedLongs boxedFloats boxedDoubles");
        arrives("Objects", "strings decimals uuids dates times locals instants offsets bytes ordinals texts");
        arrives("Collections", "ints strings longs sorted uuids booleans doubles decimals dates times locals");
        arrives("Collections", "instants ordinals texts");
    }

    @Test
    void structsOfClassesAndOfRecords() throws Exception {
        arrives("Structs", "tag spot");
        arrives("NestedStructs", "crate");
    }

    @Test
    void xmlTextsAndAggregates() throws Exception {
        arrives("XmlTexts", "xml");
        arrives("XmlAggregates", "label");
    }

    @Test
    void embeddablesNestedOverriddenAndRecords() throws Exception {
        arrives("Customer", "home work credit rank");
        arrives("Nest", "outer other");
        arrives("Member", "contact");
        arrives("Plank", "length");
    }

    @Test
    void embeddablesOfWhichAllColumnsAreNull() {
        assertThat(run.seen(entity("Nest")))
                .filteredOn(seen -> seen.event() instanceof Insert<?>)
                .anySatisfy(seen -> assertThat(run.samples().values(((Insert<?>) seen.event()).after()))
                        .containsEntry("outer", null));
    }

    @Test
    void embeddablesWithSubclasses() throws Exception {
        arrives("Drawing", "shape");
    }

    @Test
    void embeddablesWithAnInstantiatorOrATypeOfTheApplication() throws Exception {
        arrives("Exam", "grade");
        arrives("Invoice", "total");
    }

    @Test
    void simpleAndGeneratedIds() {
        List.of("TextKeyed", "NumberKeyed", "DayKeyed", "ShortKeyed", "Counted", "Sequenced", "RandomlyKeyed", "Device")
                .forEach(this::idsArrive);
    }

    @Test
    void embeddedIdsOfClassesAndRecords() {
        List.of("Seat", "Ticket", "Shelf", "Box").forEach(this::idsArrive);
    }

    @Test
    void idClassesAndReferencesInIds() {
        List.of("Price", "Line", "Ownership", "CourseGrade", "Cell", "Passport").forEach(this::idsArrive);
    }

    @Test
    void idsThatAreMappedByAReference() {
        List.of("Profile", "Loan", "ShelfNote").forEach(this::idsArrive);
    }

    @Test
    void toOneReferencesLazyEagerAndCompound() throws Exception {
        arrives("Linked", "lazy eager only price animal itself");
        arrives("Ticket", "seat");
        arrives("LineComment", "line");
        arrives("ShelfLabel", "shelf");
        arrives("Person", "boss");
    }

    @Test
    void referencesToAnyEntity() throws Exception {
        arrives("AnyHolder", "held being");
    }

    @Test
    void referenceIdsWithoutTouchingAProxy() {
        for (Seen seen : run.seen(entity("Linked"))) {
            RowEvent<?> event = seen.event();
            if (event.action() != Action.DELETE) {
                Object lazy = run.samples().values(seen.change().after()).get("lazy");
                Object id = lazy == null
                        ? null
                        : run.unit().factory().getPersistenceUnitUtil().getIdentifier(lazy);
                assertThat(event.referenceId("lazy")).isEqualTo(id);
            }
        }
    }

    @Test
    void hierarchiesInOneTableByTheirRoot() throws Exception {
        arrives("Cat", "name friend lives colour");
        arrives("Puppy", "name barks weeks");
        arrives("Truck", "tons wheels");
    }

    @Test
    void mappedSuperclassesWithATypeParameter() throws Exception {
        arrives("Dog", "changed");
        idsArrive("Box");
    }

    @Test
    void versionsOfEveryKind() {
        for (String each : List.of("Person", "ByLong", "ByShort", "ByTime")) {
            List<Object> versions = told(each).stream()
                    .map(event -> run.samples().values(after(event)).get("version"))
                    .distinct()
                    .toList();
            assertThat(versions).as(each).hasSizeGreaterThan(2).doesNotContainNull();
        }
    }

    @Test
    void tenantAndNaturalIds() throws Exception {
        assertThat(told("Tenanted"))
                .allSatisfy(
                        event -> assertThat(run.samples().values(after(event))).containsEntry("tenant", "acme"));
        arrives("NaturallyKnown", "code name");
    }

    @Test
    void generatedAndStampedAttributes() throws Exception {
        assertThat(told("GeneratedByServer"))
                .allSatisfy(event ->
                        assertThat(run.samples().values(after(event))).containsEntry("byDefault", "by default"));
        arrives("GeneratedByServer", "name");
        arrives("Stamped", "name");
    }

    @Test
    void immutableEntitiesAndAttributesThatAreNotUpdated() throws Exception {
        assertThat(told("Carved")).isNotEmpty().allMatch(event -> event instanceof Insert<?>);
        arrives("Fixed", "later name");
        arrives("ByAll", "name number");
    }

    @Test
    void typesThatTheApplicationHasDescribed() throws Exception {
        arrives("Customised", "version3 words isbn");
        arrives("Watched", "version3");
    }

    @Test
    void namesOfStrategiesSchemasAndQuotes() throws Exception {
        arrives("Odd", "mixedCase size parent");
        arrives("Elsewhere", "longName");
    }

    @Test
    void accessByFieldByPropertyAndMixed() throws Exception {
        arrives("MixedAccess", "byField byProperty");
        arrives("Watched", "name");
    }

    @Test
    void finalFields() throws Exception {
        arrives("WithFinal", "unchanging name");
    }

    @Test
    void classesThatABuildHasEnhanced() throws Exception {
        arrives("Book", "author text title");
        arrives("Author", "name");
        arrives("LazyInName", "text");
    }

    private Class<?> entity(String name) {
        return WholeModel.CONCRETE.stream()
                .filter(each -> each.getSimpleName().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static Object after(RowEvent<?> event) {
        return event instanceof Insert<?> insert ? insert.after() : ((Update<?>) event).after();
    }

    private List<RowEvent<?>> told(String entity) {
        return run.seen(entity(entity)).stream()
                .<RowEvent<?>>map(Seen::event)
                .filter(event -> event.action() != Action.DELETE)
                .toList();
    }

    /** Each attribute was set to a value and to null, and came so. */
    private void arrives(String entity, String attributes) throws IllegalAccessException {
        List<Seen> updates = run.seen(entity(entity));
        for (String attribute : attributes.split(" ")) {
            int compared = 0;
            for (Seen seen : updates) {
                if (attribute.equals(seen.change().attribute())) {
                    Map<String, Object> found =
                            run.samples().values(seen.change().after());
                    Map<String, Object> ours = run.samples().values(after(seen.event()));
                    new SameEntity(run.unit().factory(), seen.event().unavailable())
                            .value(ours.get(attribute), found.get(attribute), entity + "." + attribute);
                    compared++;
                }
            }
            assertThat(compared).as(entity + "." + attribute).isGreaterThanOrEqualTo(2);
        }
    }

    private void idsArrive(String entity) {
        List<Seen> all = run.seen(entity(entity));
        assertThat(all.stream().map(seen -> seen.event().action()).distinct())
                .as(entity)
                .contains(Action.INSERT, Action.DELETE);
        assertThat(all).allSatisfy(seen -> {
            assertThat(seen.event().id()).isEqualTo(seen.change().id());
            assertThat(seen.event().id()).hasSameClassAs(seen.change().id());
        });
    }
}
