package dev.realtime;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The walls of the house: which room may know which. */
class ArchitectureTest {

    private static final String ROOT = "dev.realtime";

    private static final JavaClasses HOUSE = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .withImportOption(location -> location.contains("/realtime-core/") || location.contains("realtime-core-"))
            .importPackages(ROOT);

    private static final List<String> JDK =
            List.of("java.lang..", "java.util..", "java.io", "java.nio", "java.nio.charset", "java.math");
    private static final String JPA = "jakarta.persistence..";
    private static final String DRIVER = "org.postgresql..";

    /** A room, what it may import beside the JDK's language and collections, and where the rest belongs. */
    private record Room(String name, String because, String... mayImport) {

        String packageName() {
            return name.isEmpty() ? ROOT : ROOT + "." + name;
        }

        String[] allowed() {
            Stream<String> own = Stream.of(packageName(), "org.jspecify..");
            Stream<String> others = Arrays.stream(mayImport)
                    .map(room -> room.contains(".") && !room.startsWith("internal.") ? room : ROOT + "." + room);
            return Stream.of(JDK.stream(), own, others).flatMap(s -> s).toArray(String[]::new);
        }
    }

    private static final List<Room> ROOMS = List.of(
            new Room("wal", "a position knows nothing of what lies there"),
            new Room("error", "an error names things by text; whoever throws it knows them", "wal"),
            new Room(
                    "event",
                    "what an event is made of stands behind Image, which binding implements",
                    "wal",
                    "error",
                    "java.time.."),
            new Room(
                    "store",
                    "the SQL itself belongs in internal.store",
                    "wal",
                    "error",
                    "java.sql..",
                    "java.time..",
                    JPA),
            new Room(
                    "internal.store",
                    "connections are opened by who knows why, changes decoded in the rooms for it",
                    "store",
                    "internal.connection",
                    "wal",
                    "error",
                    "java.sql..",
                    "java.time..",
                    JPA),
            new Room("setup", "the SQL itself belongs in internal.setup"),
            new Room("type", "entities belong in mapping, the relation in binding", "error", "java.time.."),
            new Room("mapping", "an ORM belongs in a module of its own, the stream in binding", "type", "error", JPA),
            new Room("connection", "what is done with a connection belongs in internal", "error", "javax.sql", JPA),
            new Room(
                    "internal.connection",
                    "sessions for streaming belong in replication, queries in setup",
                    "connection",
                    "error",
                    "java.sql..",
                    "java.net..",
                    "javax.net..",
                    "java.time..",
                    "org.slf4j..",
                    DRIVER),
            new Room(
                    "internal.replication",
                    "what the bytes mean belongs in pgoutput",
                    "connection",
                    "internal.connection",
                    "wal",
                    "error",
                    "java.sql..",
                    "java.net..",
                    "java.nio..",
                    "java.time..",
                    "javax.net..",
                    "org.slf4j..",
                    DRIVER),
            new Room(
                    "internal.setup",
                    "streaming belongs in replication",
                    "connection",
                    "internal.connection",
                    "setup",
                    "wal",
                    "type",
                    "mapping",
                    "error",
                    "java.sql..",
                    "java.time..",
                    "org.slf4j..",
                    DRIVER),
            new Room(
                    "internal.decoding.text",
                    "which type a column has belongs in the room above",
                    "type",
                    "error",
                    "java.time.."),
            new Room(
                    "internal.decoding.binary",
                    "which type a column has belongs in the room above",
                    "type",
                    "error",
                    "java.time.."),
            new Room(
                    "internal.decoding.output",
                    "values belong in binary, which type a column has in the room above",
                    "internal.decoding.binary",
                    "type",
                    "error",
                    "java.time.."),
            new Room(
                    "internal.decoding",
                    "the relation belongs in binding, the catalogue's SQL in setup",
                    "internal.decoding.text",
                    "internal.decoding.binary",
                    "internal.decoding.output",
                    "type",
                    "error"),
            new Room("internal.pgoutput", "state belongs in transaction, I/O in replication", "wal", "error"),
            new Room("internal.transaction", "entities belong in binding", "internal.pgoutput", "wal", "error"),
            new Room(
                    "internal.binding",
                    "queries belong in setup, threads in bus",
                    "internal.transaction",
                    "internal.pgoutput",
                    "internal.decoding",
                    "mapping",
                    "type",
                    "event",
                    "wal",
                    "error",
                    "java.time.."),
            new Room("internal.ack", "what a transaction holds is of no account to how far it is", "wal"),
            new Room(
                    "internal.live",
                    "durable subscriptions belong in bus",
                    "event",
                    "internal.binding",
                    "error",
                    "org.slf4j.."),
            new Room(
                    "internal.bus",
                    "PostgreSQL belongs in the rooms before it",
                    "event",
                    "internal.binding",
                    "internal.live",
                    "internal.transaction",
                    "internal.ack",
                    "wal",
                    "error",
                    "java.time..",
                    "org.slf4j.."),
            new Room(
                    "internal.engine",
                    "nothing below the front door knows the front door",
                    "internal..",
                    "connection",
                    "event",
                    "setup",
                    "store",
                    "java.sql..",
                    "wal",
                    "type",
                    "mapping",
                    "error",
                    "java.time..",
                    "org.slf4j.."));

    @TestFactory
    Stream<DynamicTest> every_room_keeps_to_its_walls() {
        return ROOMS.stream()
                .map(room -> DynamicTest.dynamicTest(
                        room.name(),
                        () -> classes()
                                .that()
                                .resideInAPackage(room.packageName())
                                .should()
                                .onlyDependOnClassesThat(
                                        resideInAnyPackage(room.allowed()).or(primitive()))
                                .because(room.because())
                                .check(HOUSE)));
    }

    @Test
    void every_package_is_a_room_of_the_table() {
        Set<String> rooms = new TreeSet<>();
        rooms.add(ROOT);
        ROOMS.forEach(room -> rooms.add(room.packageName()));

        Set<String> packages = new TreeSet<>();
        HOUSE.forEach(type -> packages.add(type.getPackageName()));

        assertThat(packages).isEqualTo(rooms);
    }

    @Test
    void the_rooms_have_no_cycles() {
        slices().matching("dev.realtime.(**)").should().beFreeOfCycles().check(HOUSE);
    }

    @Test
    void nothing_imports_the_front_door() {
        noClasses()
                .that(resideOutsideOfPackages(ROOT))
                .should()
                .dependOnClassesThat()
                .resideInAPackage(ROOT)
                .because("the front door is the only place where the rooms are put together")
                .check(HOUSE);
    }

    @Test
    void the_pure_rooms_have_no_clock_logger_thread_or_io() {
        noClasses()
                .that()
                .resideInAnyPackage(packages(
                        "wal",
                        "event",
                        "type",
                        "mapping",
                        "internal.decoding..",
                        "internal.pgoutput",
                        "internal.transaction",
                        "internal.binding",
                        "internal.ack"))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.slf4j..", "java.util.concurrent.locks..", "java.net..", "java.nio.channels..")
                .orShould()
                .dependOnClassesThat()
                .belongToAnyOf(Thread.class, java.time.Clock.class, java.util.concurrent.ExecutorService.class)
                .orShould()
                .callMethod(System.class, "nanoTime")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(java.time.Instant.class, "now")
                .because(
                        "what they do must follow from what they are given; clocks and threads belong in bus and engine")
                .check(HOUSE);
    }

    @Test
    void threads_are_made_in_engine_bus_and_live_alone() {
        noClasses()
                .that(resideOutsideOfPackages(packages("internal.engine", "internal.bus", "internal.live")))
                .should()
                .callConstructor(Thread.class, Runnable.class)
                .orShould()
                .callConstructor(Thread.class, Runnable.class, String.class)
                .orShould()
                .dependOnClassesThat()
                .belongToAnyOf(java.util.concurrent.Executors.class, java.util.Timer.class)
                .because("every thread is named by its role, and ends with its owner")
                .check(HOUSE);
    }

    @Test
    void nothing_prints() {
        noClasses()
                .should()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .because("a library logs")
                .check(HOUSE);
    }

    @Test
    void events_are_final_and_made_by_one_factory() {
        classes()
                .that()
                .implement(dev.realtime.event.RealtimeEvent.class)
                .and()
                .areNotInterfaces()
                .and()
                .doNotHaveModifier(JavaModifier.ABSTRACT)
                .should()
                .haveModifier(JavaModifier.FINAL)
                .andShould()
                .haveOnlyPrivateConstructors()
                .orShould(new com.tngtech.archunit.lang.ArchCondition<JavaClass>("be constructed by Events alone") {
                    @Override
                    public void check(JavaClass type, com.tngtech.archunit.lang.ConditionEvents events) {
                        type.getConstructors().stream()
                                .flatMap(constructor -> constructor.getCallsOfSelf().stream())
                                .filter(call -> !call.getOriginOwner().isEquivalentTo(dev.realtime.event.Events.class))
                                .forEach(call -> events.add(com.tngtech.archunit.lang.SimpleConditionEvent.violated(
                                        type, call.getDescription())));
                    }
                })
                .check(HOUSE);
    }

    @Test
    void names_say_what_a_thing_is() {
        noClasses()
                .should()
                .haveNameMatching(".*(Impl|Manager|Helper|Utils|Util)(\\$.*)?")
                .because("a name that fits everything says nothing")
                .check(HOUSE);
    }

    @Test
    void tests_do_not_sleep() {
        JavaClasses tests = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.ONLY_INCLUDE_TESTS)
                .importPackages(ROOT);
        noClasses()
                .should()
                .callMethod(Thread.class, "sleep", long.class)
                .orShould()
                .callMethod(Thread.class, "sleep", java.time.Duration.class)
                .orShould()
                .callMethod(java.util.concurrent.TimeUnit.class, "sleep", long.class)
                .because("a test arms its wait, then acts")
                .check(tests);
    }

    private static DescribedPredicate<JavaClass> primitive() {
        return DescribedPredicate.describe(
                "primitives and arrays",
                type -> type.isPrimitive()
                        || type.isArray() && type.getBaseComponentType().isPrimitive());
    }

    private static String[] packages(String... rooms) {
        return Arrays.stream(rooms).map(room -> ROOT + "." + room).toArray(String[]::new);
    }
}
