package dev.realtime.hibernate;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An array of base values as JDBC hands it out: its elements are of the driver's classes. Immutable. */
final class RowArray implements Array {

    private final Object[] elements;

    RowArray(Object[] elements) {
        this.elements = elements;
    }

    @Override
    public Object getArray() throws SQLException {
        return jdbc(elements);
    }

    private static Object[] jdbc(Object[] elements) throws SQLException {
        @Nullable Object[] converted = new Object[elements.length];
        for (int i = 0; i < elements.length; i++) {
            Object element = elements[i];
            converted[i] =
                    element == null ? null : element instanceof Object[] inner ? jdbc(inner) : BaseValues.jdbc(element);
        }
        return converted;
    }

    @Override
    public Object getArray(Map<String, Class<?>> types) throws SQLException {
        throw Refusal.of("getArray with a type map");
    }

    @Override
    public Object getArray(long index, int count) throws SQLException {
        throw Refusal.of("getArray of a part");
    }

    @Override
    public Object getArray(long index, int count, Map<String, Class<?>> types) throws SQLException {
        throw Refusal.of("getArray of a part");
    }

    @Override
    public int getBaseType() {
        return Types.OTHER;
    }

    @Override
    public String getBaseTypeName() throws SQLException {
        throw Refusal.of("Array.getBaseTypeName");
    }

    @Override
    public ResultSet getResultSet() throws SQLException {
        throw Refusal.of("Array.getResultSet");
    }

    @Override
    public ResultSet getResultSet(Map<String, Class<?>> types) throws SQLException {
        throw Refusal.of("Array.getResultSet");
    }

    @Override
    public ResultSet getResultSet(long index, int count) throws SQLException {
        throw Refusal.of("Array.getResultSet");
    }

    @Override
    public ResultSet getResultSet(long index, int count, Map<String, Class<?>> types) throws SQLException {
        throw Refusal.of("Array.getResultSet");
    }

    @Override
    public void free() {
        // Nothing is held.
    }
}
