package dev.realtime.hibernate;

import java.lang.reflect.Array;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Year;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Calendar;
import java.util.Currency;
import java.util.Date;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TimeZone;
import java.util.TreeSet;
import java.util.UUID;
import org.hibernate.annotations.Parent;

/** Values of every type by number: those of odd numbers differ from those of even ones, and none is what a field begins with. */
final class Values {

    /** What is asked of other entities while an object is filled. */
    interface Entities {

        boolean isEntity(Class<?> type);

        Object reference(Class<?> type, int number);
    }

    private static final List<Class<?>> CLASSES = List.of(StandardCharsets.class, Map.Entry.class);

    private final Map<Class<?>, List<Object>> byType = new HashMap<>();
    private final Entities entities;

    Values(Entities entities) {
        this.entities = entities;
        numbers();
        texts();
        times();
        byType.put(
                URL.class,
                List.of(url("https://example.org/a?b=c"), url("http://example.com/"))); // compared by host: no look-up
        byType.put(InetAddress.class, List.of(address(10, 1, 2, 3), address(127, 0, 0, 1)));
        byType.put(Class.class, List.copyOf(CLASSES));
        byType.put(
                UUID.class, List.of(new UUID(77, 1L << 63), UUID.fromString("00112233-4455-6677-8899-aabbccddeeff")));
        byType.put(Object.class, List.of("o", 2));
    }

    private void numbers() {
        both(boolean.class, Boolean.class, true, true);
        both(byte.class, Byte.class, (byte) -7, Byte.MAX_VALUE);
        both(short.class, Short.class, Short.MIN_VALUE, (short) 300);
        both(int.class, Integer.class, -70_000, Integer.MAX_VALUE);
        both(long.class, Long.class, Long.MIN_VALUE, 1L << 40);
        both(float.class, Float.class, 1.1f, Float.NEGATIVE_INFINITY);
        both(double.class, Double.class, Math.PI, Double.NaN);
        both(char.class, Character.class, 'ß', 'x');
        byType.put(BigDecimal.class, List.of(new BigDecimal("-12345.60"), new BigDecimal("98765432109876.25")));
        byType.put(BigInteger.class, List.of(BigInteger.TEN.pow(30), BigInteger.valueOf(-5)));
    }

    private void texts() {
        byType.put(String.class, List.of("a\t'\\☃😀", "q\",{}N"));
        byType.put(Locale.class, List.of(Locale.CANADA_FRENCH, Locale.GERMANY));
        byType.put(Currency.class, List.of(Currency.getInstance("CHF"), Currency.getInstance("EUR")));
    }

    private void times() {
        Instant first = Instant.parse("2024-03-31T01:30:00.000001Z");
        Instant second = Instant.parse("1899-12-31T23:59:59.5Z");
        byType.put(LocalDate.class, List.of(LocalDate.of(2024, 2, 29), LocalDate.of(1850, 6, 15)));
        byType.put(LocalTime.class, List.of(LocalTime.of(23, 59, 58), LocalTime.of(0, 0, 1)));
        byType.put(
                LocalDateTime.class,
                List.of(LocalDateTime.of(1999, 12, 31, 23, 59, 59, 123_456_000), LocalDateTime.of(2024, 7, 1, 2, 30)));
        byType.put(Instant.class, List.of(first, second));
        byType.put(
                OffsetDateTime.class,
                List.of(OffsetDateTime.parse("2024-07-01T12:00:00.5+05:30"), second.atOffset(ZoneOffset.UTC)));
        byType.put(
                ZonedDateTime.class,
                List.of(
                        ZonedDateTime.parse("2024-07-01T12:00:00.5+02:00[Europe/Zurich]"),
                        first.atZone(ZoneOffset.ofHours(-3))));
        byType.put(OffsetTime.class, List.of(OffsetTime.parse("12:34:56+01:00"), OffsetTime.parse("00:00:01Z")));
        byType.put(Date.class, List.of(new Date(1_700_000_000_123L), new Date(86_400_000L)));
        byType.put(Calendar.class, List.of(calendar(1_600_000_000_456L), calendar(1_000L)));
        byType.put(
                java.sql.Date.class, List.of(java.sql.Date.valueOf("2001-02-03"), java.sql.Date.valueOf("1970-01-01")));
        byType.put(java.sql.Time.class, List.of(java.sql.Time.valueOf("04:05:06"), java.sql.Time.valueOf("23:00:00")));
        byType.put(
                java.sql.Timestamp.class,
                List.of(
                        java.sql.Timestamp.valueOf("2001-02-03 04:05:06.789"),
                        java.sql.Timestamp.valueOf("1970-01-02 00:00:00.000001")));
        byType.put(Duration.class, List.of(Duration.ofSeconds(93_784, 250_000_000), Duration.ofSeconds(-1)));
        byType.put(Year.class, List.of(Year.of(2024), Year.of(1)));
        byType.put(ZoneId.class, List.of(ZoneId.of("Europe/Zurich"), ZoneId.of("Asia/Kolkata")));
        byType.put(ZoneOffset.class, List.of(ZoneOffset.ofHoursMinutes(5, 30), ZoneOffset.ofHours(-8)));
        byType.put(TimeZone.class, List.of(TimeZone.getTimeZone("Asia/Kolkata"), TimeZone.getTimeZone("UTC")));
    }

    private void both(Class<?> primitive, Class<?> boxed, Object odd, Object even) {
        byType.put(primitive, List.of(odd, even));
        byType.put(boxed, List.of(odd, even));
    }

    private static URL url(String text) {
        try {
            return URI.create(text).toURL();
        } catch (java.net.MalformedURLException impossible) {
            throw new AssertionError(impossible);
        }
    }

    private static InetAddress address(int... bytes) {
        try {
            return InetAddress.getByAddress(
                    new byte[] {(byte) bytes[0], (byte) bytes[1], (byte) bytes[2], (byte) bytes[3]});
        } catch (java.net.UnknownHostException impossible) {
            throw new AssertionError(impossible);
        }
    }

    private static Calendar calendar(long millis) {
        Calendar calendar = Calendar.getInstance();
        calendar.setTimeInMillis(millis);
        return calendar;
    }

    /** A part of an id: another for each number. */
    Object key(Type type, int number) {
        Class<?> raw = raw(type);
        if (raw == int.class || raw == Integer.class) {
            return number;
        }
        if (raw == long.class || raw == Long.class) {
            return (long) number;
        }
        if (raw == short.class || raw == Short.class) {
            return (short) number;
        }
        if (raw == String.class) {
            return "k" + number;
        }
        if (raw == UUID.class) {
            return new UUID(number, number);
        }
        if (raw == BigInteger.class) {
            return BigInteger.TEN.pow(25).add(BigInteger.valueOf(number));
        }
        return raw == LocalDate.class ? LocalDate.ofEpochDay(number) : object(type, number, true);
    }

    Object of(Type type, int number) {
        Class<?> raw = raw(type);
        List<Object> known = byType.get(raw);
        if (known != null) {
            return known.get(index(number));
        }
        if (raw.isEnum()) {
            return raw.getEnumConstants()[1 - index(number)];
        }
        if (raw.isArray()) {
            return array(raw.getComponentType(), number);
        }
        if (type instanceof ParameterizedType generic && raw.getName().startsWith("java.util.")) {
            return collection(generic, raw, number);
        }
        return entities.isEntity(raw) ? entities.reference(raw, number) : object(type, number, false);
    }

    private static int index(int number) {
        return 1 - number % 2;
    }

    private Object array(Class<?> component, int number) {
        Object array = Array.newInstance(component, 3);
        Array.set(array, 0, of(component, number));
        Array.set(array, 1, component.isPrimitive() ? of(component, number + 1) : null);
        Array.set(array, 2, of(component, number + 1));
        boolean mayBeNull = !component.isPrimitive() && component != Byte.class && component != Character.class;
        if (!component.isPrimitive() && !mayBeNull) {
            Array.set(array, 1, of(component, number));
        }
        return array;
    }

    private Object collection(ParameterizedType type, Class<?> raw, int number) {
        Type[] arguments = type.getActualTypeArguments();
        if (Map.class.isAssignableFrom(raw)) {
            Map<Object, Object> map = new LinkedHashMap<>();
            map.put(of(arguments[0], number), of(arguments[1], number));
            map.put(of(arguments[0], number + 1), of(arguments[1], number + 1));
            return map;
        }
        List<Object> elements = entities.isEntity(raw(arguments[0]))
                ? List.of(of(arguments[0], number))
                : List.of(of(arguments[0], number), of(arguments[0], number + 1));
        if (SortedSet.class.isAssignableFrom(raw)) {
            return new TreeSet<>(elements);
        }
        return Set.class.isAssignableFrom(raw)
                ? new LinkedHashSet<>(elements)
                : new ArrayList<>(number % 2 == 0 ? elements : elements.subList(0, 1));
    }

    /** An embeddable, a document, a key: each of its fields gets a value. */
    private Object object(Type type, int number, boolean key) {
        Class<?> raw = concrete(raw(type), number);
        try {
            if (raw.isRecord() || raw.getDeclaredConstructors()[0].getParameterCount() > 0 && !hasEmpty(raw)) {
                return constructed(raw, number, key);
            }
            Constructor<?> constructor = raw.getDeclaredConstructor();
            constructor.setAccessible(true);
            Object object = constructor.newInstance();
            for (Class<?> each = raw; each != Object.class; each = each.getSuperclass()) {
                for (Field field : each.getDeclaredFields()) {
                    boolean counts = !Modifier.isStatic(field.getModifiers())
                            && !field.isAnnotationPresent(Parent.class)
                            && !field.isAnnotationPresent(jakarta.persistence.ElementCollection.class);
                    if (counts) {
                        Type resolved = resolved(field.getGenericType(), raw);
                        field.setAccessible(true);
                        field.set(object, key ? key(resolved, number) : of(resolved, number));
                    }
                }
            }
            return object;
        } catch (ReflectiveOperationException impossible) {
            throw new AssertionError(type + " cannot be made", impossible);
        }
    }

    private static boolean hasEmpty(Class<?> type) {
        return List.of(type.getDeclaredConstructors()).stream().anyMatch(each -> each.getParameterCount() == 0);
    }

    private Object constructed(Class<?> type, int number, boolean key) throws ReflectiveOperationException {
        Constructor<?> constructor = type.getDeclaredConstructors()[0];
        if (type.isRecord()) {
            RecordComponent[] components = type.getRecordComponents();
            Class<?>[] types = new Class<?>[components.length];
            for (int i = 0; i < types.length; i++) {
                types[i] = components[i].getType();
            }
            constructor = type.getDeclaredConstructor(types);
        }
        Type[] types = constructor.getGenericParameterTypes();
        Object[] arguments = new Object[types.length];
        for (int i = 0; i < arguments.length; i++) {
            arguments[i] = key ? key(types[i], number) : of(types[i], number);
        }
        constructor.setAccessible(true);
        return constructor.newInstance(arguments);
    }

    /** A subclass of its own for odd numbers and for even ones, where an embeddable has some. */
    private static Class<?> concrete(Class<?> type, int number) {
        if (!type.isAnnotationPresent(jakarta.persistence.DiscriminatorColumn.class)) {
            return type;
        }
        List<Class<?>> subclasses = new ArrayList<>();
        for (Class<?> each : type.getEnclosingClass().getDeclaredClasses()) {
            if (each.getSuperclass() == type) {
                subclasses.add(each);
            }
        }
        subclasses.sort(java.util.Comparator.comparing(Class::getName));
        return subclasses.get(number % subclasses.size());
    }

    static Type resolved(Type type, Class<?> within) {
        Map<Type, Type> bound = new HashMap<>();
        for (Class<?> each = within; each != Object.class; each = each.getSuperclass()) {
            if (each.getGenericSuperclass() instanceof ParameterizedType parent) {
                TypeVariable<?>[] variables = each.getSuperclass().getTypeParameters();
                for (int i = 0; i < variables.length; i++) {
                    bound.put(variables[i], parent.getActualTypeArguments()[i]);
                }
            }
        }
        Type found = type;
        while (bound.containsKey(found)) {
            found = bound.get(found);
        }
        return found;
    }

    static Class<?> raw(Type type) {
        if (type instanceof ParameterizedType generic) {
            return (Class<?>) generic.getRawType();
        }
        if (type instanceof java.lang.reflect.GenericArrayType array) {
            return Array.newInstance(raw(array.getGenericComponentType()), 0).getClass();
        }
        return (Class<?>) type;
    }
}
