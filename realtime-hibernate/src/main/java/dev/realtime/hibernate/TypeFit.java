package dev.realtime.hibernate;

import dev.realtime.error.MappingException;
import dev.realtime.mapping.Column;
import dev.realtime.mapping.Row;
import dev.realtime.type.PgInterval;
import dev.realtime.type.PgType;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetTime;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.UUID;
import org.hibernate.type.CustomType;
import org.jspecify.annotations.Nullable;

/**
 * Whether a column's type can become its attribute, found out before the first row: Hibernate's reader for the attribute
 * is given a value of the type. Only what no value of the type could mend counts. User types are left alone, since they
 * are other people's code. Thread-safe.
 */
final class TypeFit {

    /** A value for each built-in type; text stands for all the others. */
    private static final Map<String, Object> SAMPLES = Map.ofEntries(
            Map.entry("bool", true),
            Map.entry("int2", (short) 0),
            Map.entry("int4", 0),
            Map.entry("int8", 0L),
            Map.entry("oid", 0L),
            Map.entry("float4", 0f),
            Map.entry("float8", 0d),
            Map.entry("numeric", BigDecimal.ZERO),
            Map.entry("bytea", new byte[16]),
            Map.entry("uuid", new UUID(0, 0)),
            Map.entry("date", LocalDate.EPOCH),
            Map.entry("time", LocalTime.NOON),
            Map.entry("timetz", OffsetTime.of(LocalTime.NOON, ZoneOffset.UTC)),
            Map.entry("timestamp", LocalDate.EPOCH.atStartOfDay()),
            Map.entry("timestamptz", LocalDate.EPOCH.atStartOfDay().atOffset(ZoneOffset.UTC)),
            Map.entry("interval", new PgInterval(0, 0, 0)));

    private TypeFit() {}

    /**
     * @throws MappingException where no value of the column's type can become the part
     */
    static void check(BasicPart part, BoundColumns columns) {
        if (part.type() instanceof CustomType<?>) {
            return;
        }
        Column column = columns.column(part.ordinal());
        Sample sample = new Sample(sample(column.type()));
        String why = refusal(part, new Reading(sample, columns), sample.value instanceof String);
        if (why != null) {
            throw new MappingException(part.path() + ": column " + columns.describe(part.ordinal()) + " cannot become "
                    + part.type().getJavaTypeDescriptor().getTypeName() + ": " + why);
        }
    }

    private static Object sample(PgType type) {
        if (type.kind() == PgType.Kind.ARRAY) {
            return new Object[0];
        }
        Object builtIn = type.schema().equals("pg_catalog") ? SAMPLES.get(type.name()) : null;
        return builtIn == null ? "0" : builtIn;
    }

    private static @Nullable String refusal(BasicPart part, Reading reading, boolean isText) {
        try {
            part.extract(reading);
        } catch (SQLFeatureNotSupportedException neverRead) {
            return neverRead.getMessage();
        } catch (Refusal.Mismatch mismatch) {
            return isText ? null : mismatch.getMessage(); // another text may fit
        } catch (SQLException | RuntimeException | AssertionError ofTheValue) {
            return null; // what a composite's text begins with, Hibernate asserts
        }
        return null;
    }

    /** One value in every column. */
    private record Sample(Object value) implements Row {

        @Override
        public boolean isKnown(int column) {
            return true;
        }

        @Override
        public Object value(int column) {
            return value;
        }
    }
}
