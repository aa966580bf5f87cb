package dev.realtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import dev.realtime.connection.Coordinates;
import dev.realtime.error.ConfigurationException;
import dev.realtime.support.Item;
import dev.realtime.support.PlainMapping;
import dev.realtime.support.Received;
import jakarta.persistence.EntityManagerFactory;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.ds.PGSimpleDataSource;

/** What cannot be asked for is refused before anything is sent: the database's coordinates are not even looked at. */
class RealtimeBuilderTest {

    private static final Coordinates UNTOUCHED = new Coordinates() {
        @Override
        public String url() {
            throw new AssertionError("Nobody may connect");
        }

        @Override
        public @Nullable String user() {
            throw new AssertionError("Nobody may connect");
        }

        @Override
        public @Nullable String password() {
            throw new AssertionError("Nobody may connect");
        }
    };

    private static RealtimeBuilder items() {
        return Realtime.register(Item.class)
                .from(PlainMapping.all(Item.mapping("public", "item")))
                .connectingTo(UNTOUCHED);
    }

    private static RealtimeBuilder handled() {
        return items().on(Item.class, new Received<>());
    }

    private static Realtime at(String url) {
        return handled().connectingTo(url, "shop", () -> "s3cret").start();
    }

    private static Arguments refused(String title, Supplier<?> asked, String... said) {
        return argumentSet(title, asked, said);
    }

    static Stream<Arguments> requests() {
        return Stream.of(
                refused("no entity", () -> Realtime.register(), "No entity", "at least one"),
                refused(
                        "a class that is not mapped",
                        () -> Realtime.register(Item.class, String.class)
                                .from(PlainMapping.all(Item.mapping("public", "item")))
                                .connectingTo(UNTOUCHED)
                                .on(Item.class, new Received<>())
                                .start(),
                        "java.lang.String",
                        "@Entity"),
                refused(
                        "a handler of a class that is not registered",
                        () -> items().on(String.class, new Received<>()),
                        "java.lang.String",
                        "register(...)",
                        Item.class.getName()),
                refused(
                        "whole images of a class that is not registered",
                        () -> items().fullImages(String.class),
                        "java.lang.String",
                        "register(...)"),
                refused(
                        "updates of an attribute that the entity has not",
                        () -> items().subscribe(
                                        Item.class,
                                        s -> s.named("mailer")
                                                .updatesOf("name", "typo")
                                                .each(event -> {}))
                                .start(),
                        "mailer",
                        "\"typo\"",
                        "Item",
                        "id, code, name"),
                refused("no handler", () -> items().start(), "on(...)", "lost"),
                refused(
                        "no mappings",
                        () -> Realtime.register(Item.class)
                                .connectingTo(UNTOUCHED)
                                .on(Item.class, new Received<>())
                                .start(),
                        "from(entityManagerFactory)"),
                refused(
                        "an ORM that no module knows",
                        () -> Realtime.register(Item.class).from(unknownFactory()),
                        "realtime-hibernate"),
                refused(
                        "a factory that is closed",
                        () -> Realtime.register(Item.class).from(factory(false)),
                        "EntityManagerFactory is closed",
                        "from(...)"),
                refused(
                        "no coordinates",
                        () -> Realtime.register(Item.class)
                                .from(PlainMapping.all(Item.mapping("public", "item")))
                                .on(Item.class, new Received<>())
                                .start(),
                        "connectingTo(url, user, password)"),
                refused(
                        "an address with a password in it",
                        () -> at("jdbc:postgresql://shop:s3cret@localhost/shop"),
                        "jdbc:postgresql://host:port/database",
                        "apart"),
                refused(
                        "another database's address",
                        () -> at("jdbc:mysql://localhost/shop?password=s3cret"),
                        "JDBC URL"),
                refused(
                        "a socket factory, whose place is taken",
                        () -> at("jdbc:postgresql://localhost/shop?socketFactory=com.example.Tunnel&password=s3cret"),
                        "socketFactory"),
                refused(
                        "no name of a publication",
                        () -> handled().publication("").start(),
                        "publication",
                        "63 bytes"),
                refused(
                        "a publication's name of 64 bytes",
                        () -> handled().publication("é".repeat(32)).start(),
                        "é".repeat(32),
                        "63 bytes"),
                refused("an empty queue", () -> items().queueCapacity(0), "queueCapacity", "0"),
                refused("no time to start", () -> items().startTimeout(Duration.ZERO), "startTimeout", "PT0S"),
                refused("less than no time to stop", () -> items().stopTimeout(Duration.ofSeconds(-1)), "stopTimeout"),
                refused("no sign of life", () -> items().walSenderTimeout(Duration.ZERO), "walSenderTimeout"));
    }

    @ParameterizedTest
    @MethodSource("requests")
    void is_refused_before_anything_is_sent(Supplier<?> asked, String... said) {
        assertThat(catchThrowableOfType(ConfigurationException.class, asked::get))
                .as("refusal")
                .isNotNull()
                .message()
                .contains(said)
                .doesNotContain("s3cret");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Shop", "my-shop", "my shop", "shop;", "sh\"op", "sh'op", "café", "schön", "shop\n"})
    void a_slot_name_that_postgresql_does_not_allow_is_refused_by_its_rule(String name) {
        for (Supplier<?> asked : new Supplier<?>[] {
            () -> items().slot(name),
            () -> Realtime.enable(new PGSimpleDataSource(), Item.class).slot(name)
        }) {
            assertThat(catchThrowableOfType(ConfigurationException.class, asked::get))
                    .as("refusal")
                    .isNotNull()
                    .hasMessageContaining('"' + name + '"')
                    .hasMessageContaining("1 to 63 lower-case letters, digits and underscores");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {64, 100})
    void a_slot_name_of_more_than_63_letters_is_refused(int length) {
        assertThat(catchThrowableOfType(ConfigurationException.class, () -> items().slot("a".repeat(length))))
                .isNotNull();
    }

    private static EntityManagerFactory unknownFactory() {
        return factory(true);
    }

    private static EntityManagerFactory factory(boolean open) {
        return (EntityManagerFactory) Proxy.newProxyInstance(
                RealtimeBuilderTest.class.getClassLoader(),
                new Class<?>[] {EntityManagerFactory.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "toString" -> "a factory";
                    case "isOpen" -> open;
                    default -> null;
                });
    }
}
