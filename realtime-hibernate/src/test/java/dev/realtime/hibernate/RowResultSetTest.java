package dev.realtime.hibernate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.realtime.mapping.Row;
import dev.realtime.type.PgInterval;
import java.lang.reflect.Array;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.Arrays;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.util.PGInterval;

/** A row of base values, read as the driver would have it read. */
class RowResultSetTest {

    private static final Set<String> OFFERED = Set.of("wasNull", "close", "isClosed", "isWrapperFor");

    private static RowResultSet of(Object... values) {
        int[] positions = new int[values.length];
        Arrays.setAll(positions, i -> i);
        return new RowResultSet(rowOf(values), positions);
    }

    static Stream<Method> refusedMethods() {
        return Arrays.stream(ResultSet.class.getMethods())
                .filter(method -> !OFFERED.contains(method.getName()))
                .filter(method -> method.getParameterCount() == 0
                        || method.getParameterTypes()[0] != int.class
                        || method.getName().startsWith("update")
                        || method.getName().startsWith("set"));
    }

    @ParameterizedTest
    @MethodSource("refusedMethods")
    void whatARowOfTheLogDoesNotOfferIsRefused(Method method) {
        Object[] arguments = Arrays.stream(method.getParameterTypes())
                .map(RowResultSetTest::nothing)
                .toArray();

        assertThatExceptionOfType(InvocationTargetException.class)
                .isThrownBy(() -> method.invoke(of(1), arguments))
                .withCauseInstanceOf(SQLFeatureNotSupportedException.class);
    }

    private static Object nothing(Class<?> type) {
        return type.isPrimitive() ? Array.get(Array.newInstance(type, 1), 0) : null;
    }

    @Test
    void columnsAreReadAtTheirPositionInTheTable() throws SQLException {
        RowResultSet reordered = new RowResultSet(rowOf("a", "b"), new int[] {1, 0});

        assertThat(reordered.getString(1)).isEqualTo("b");
        assertThat(reordered.getString(2)).isEqualTo("a");
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    void whatANumericIsBesideNumbersIsReadAsADoubleAlone(double value) throws SQLException {
        assertThat((Double) of(value).getDouble(1)).isEqualTo((Double) value); // NaN is not ==
        assertThatExceptionOfType(SQLException.class)
                .isThrownBy(() -> of(value).getBigDecimal(1))
                .withMessage("NaN or an infinity cannot be read as BigDecimal");
        assertThatExceptionOfType(SQLException.class)
                .isThrownBy(() -> of(value).getLong(1))
                .withMessage("NaN or an infinity cannot be read as long");
    }

    private static Row rowOf(Object... values) {
        return new Row() {
            @Override
            public boolean isKnown(int column) {
                return true;
            }

            @Override
            public Object value(int column) {
                return values[column];
            }
        };
    }

    @Test
    void nullIsNullOrNothingAndSaysSo() throws SQLException {
        RowResultSet row = of((Object) null, 1);

        assertThat(row.getString(1)).isNull();
        assertThat(row.wasNull()).isTrue();
        assertThat(row.getInt(2)).isEqualTo(1);
        assertThat(row.wasNull()).isFalse();
        assertThat(row.getInt(1)).isZero();
        assertThat(row.getBoolean(1)).isFalse();
        assertThat(row.getObject(1)).isNull();
        assertThat(row.getObject(1, UUID.class)).isNull();
        assertThat(row.getTimestamp(1)).isNull();
        assertThat(row.getArray(1)).isNull();
        assertThat(row.wasNull()).isTrue();
    }

    @Test
    void numbersAreReadAsEachOtherWhereTheyFit() throws SQLException {
        RowResultSet row = of((short) 7, 7, 7L, new BigDecimal("7.9"), 7.9d, "7", true);

        for (int column = 1; column <= 6; column++) {
            assertThat(row.getInt(column)).as("column " + column).isEqualTo(7);
            assertThat(row.getByte(column)).as("column " + column).isEqualTo((byte) 7);
        }
        assertThat(row.getInt(7)).isEqualTo(1);
        assertThat(row.getBigDecimal(4)).isEqualTo(new BigDecimal("7.9"));
        assertThat(row.getDouble(4)).isEqualTo(7.9);
        assertThat(row.getFloat(5)).isEqualTo(7.9f);
    }

    @ParameterizedTest
    @ValueSource(strings = {"2147483648", "-2147483649", "9223372036854775808", "1e999999999"})
    void aNumberOutOfRangeIsRefusedWithoutBeingNamed(String number) {
        assertThatExceptionOfType(SQLException.class)
                .isThrownBy(() -> of(number).getInt(1))
                .withMessage("a number is out of the range of int");
    }

    @Test
    void aMismatchNamesClassesAndNoValue() {
        assertThatExceptionOfType(SQLException.class)
                .isThrownBy(() -> of("secret").getInt(1))
                .withMessage("a value of String cannot be read as int");
        assertThatExceptionOfType(SQLException.class)
                .isThrownBy(() -> of(UUID.randomUUID()).getTimestamp(1))
                .withMessageStartingWith("a value of UUID cannot be read as");
        assertThatExceptionOfType(SQLException.class)
                .isThrownBy(() -> of("secret").getObject(1, UUID.class))
                .withMessage("a value of String cannot be read as UUID");
    }

    @Test
    void booleansAreReadAsTheDriverReadsThem() throws SQLException {
        RowResultSet row = of(true, "yes", 1, "f", 0L, new BigDecimal("1.0"));

        assertThat(row.getBoolean(1)).isTrue();
        assertThat(row.getBoolean(2)).isTrue();
        assertThat(row.getBoolean(3)).isTrue();
        assertThat(row.getBoolean(4)).isFalse();
        assertThat(row.getBoolean(5)).isFalse();
        assertThat(row.getBoolean(6)).isTrue();
        assertThatExceptionOfType(SQLException.class).isThrownBy(() -> of(2).getBoolean(1));
    }

    @Test
    void anIntervalIsTheDrivers() throws SQLException {
        RowResultSet row = of(new PgInterval(-14, 3, -3_723_500_000L));

        assertThat(row.getObject(1)).isEqualTo(new PGInterval(-1, -2, 3, -1, -2, -3.5));
    }

    @Test
    void anArrayHoldsTheDriversClasses() throws SQLException {
        Object[] inner = {java.time.LocalDate.of(2024, 2, 29), null};

        Object[] read =
                (Object[]) of((Object) new Object[] {inner, inner}).getArray(1).getArray();

        assertThat((Object[]) read[0]).containsExactly(java.sql.Date.valueOf("2024-02-29"), null);
    }
}
