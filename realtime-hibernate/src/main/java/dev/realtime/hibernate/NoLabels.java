package dev.realtime.hibernate;

import java.io.InputStream;
import java.io.Reader;
import java.math.BigDecimal;
import java.net.URL;
import java.sql.Array;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.Date;
import java.sql.NClob;
import java.sql.Ref;
import java.sql.ResultSet;
import java.sql.RowId;
import java.sql.SQLException;
import java.sql.SQLXML;
import java.sql.Time;
import java.sql.Timestamp;
import java.util.Calendar;
import java.util.Map;

/** Hibernate reads by position: every read by label is refused. Thread-safe. */
interface NoLabels extends ResultSet {

    @Override
    default <T> T getObject(String column, Class<T> type) throws SQLException {
        throw Refusal.of("getObject");
    }

    @Override
    default String getString(String column) throws SQLException {
        throw Refusal.of("getString");
    }

    @Override
    default boolean getBoolean(String column) throws SQLException {
        throw Refusal.of("getBoolean");
    }

    @Override
    default byte getByte(String column) throws SQLException {
        throw Refusal.of("getByte");
    }

    @Override
    default short getShort(String column) throws SQLException {
        throw Refusal.of("getShort");
    }

    @Override
    default int getInt(String column) throws SQLException {
        throw Refusal.of("getInt");
    }

    @Override
    default long getLong(String column) throws SQLException {
        throw Refusal.of("getLong");
    }

    @Override
    default float getFloat(String column) throws SQLException {
        throw Refusal.of("getFloat");
    }

    @Override
    default double getDouble(String column) throws SQLException {
        throw Refusal.of("getDouble");
    }

    @Override
    @Deprecated
    default BigDecimal getBigDecimal(String column, int value) throws SQLException {
        throw Refusal.of("getBigDecimal");
    }

    @Override
    default byte[] getBytes(String column) throws SQLException {
        throw Refusal.of("getBytes");
    }

    @Override
    default Date getDate(String column) throws SQLException {
        throw Refusal.of("getDate");
    }

    @Override
    default Time getTime(String column) throws SQLException {
        throw Refusal.of("getTime");
    }

    @Override
    default Timestamp getTimestamp(String column) throws SQLException {
        throw Refusal.of("getTimestamp");
    }

    @Override
    default InputStream getAsciiStream(String column) throws SQLException {
        throw Refusal.of("getAsciiStream");
    }

    @Override
    @Deprecated
    default InputStream getUnicodeStream(String column) throws SQLException {
        throw Refusal.of("getUnicodeStream");
    }

    @Override
    default InputStream getBinaryStream(String column) throws SQLException {
        throw Refusal.of("getBinaryStream");
    }

    @Override
    default Object getObject(String column) throws SQLException {
        throw Refusal.of("getObject");
    }

    @Override
    default int findColumn(String column) throws SQLException {
        throw Refusal.of("findColumn");
    }

    @Override
    default Reader getCharacterStream(String column) throws SQLException {
        throw Refusal.of("getCharacterStream");
    }

    @Override
    default BigDecimal getBigDecimal(String column) throws SQLException {
        throw Refusal.of("getBigDecimal");
    }

    @Override
    default Object getObject(String column, Map<String, Class<?>> value) throws SQLException {
        throw Refusal.of("getObject");
    }

    @Override
    default Ref getRef(String column) throws SQLException {
        throw Refusal.of("getRef");
    }

    @Override
    default Blob getBlob(String column) throws SQLException {
        throw Refusal.of("getBlob");
    }

    @Override
    default Clob getClob(String column) throws SQLException {
        throw Refusal.of("getClob");
    }

    @Override
    default Array getArray(String column) throws SQLException {
        throw Refusal.of("getArray");
    }

    @Override
    default Date getDate(String column, Calendar value) throws SQLException {
        throw Refusal.of("getDate");
    }

    @Override
    default Time getTime(String column, Calendar value) throws SQLException {
        throw Refusal.of("getTime");
    }

    @Override
    default Timestamp getTimestamp(String column, Calendar value) throws SQLException {
        throw Refusal.of("getTimestamp");
    }

    @Override
    default URL getURL(String column) throws SQLException {
        throw Refusal.of("getURL");
    }

    @Override
    default RowId getRowId(String column) throws SQLException {
        throw Refusal.of("getRowId");
    }

    @Override
    default NClob getNClob(String column) throws SQLException {
        throw Refusal.of("getNClob");
    }

    @Override
    default SQLXML getSQLXML(String column) throws SQLException {
        throw Refusal.of("getSQLXML");
    }

    @Override
    default String getNString(String column) throws SQLException {
        throw Refusal.of("getNString");
    }

    @Override
    default Reader getNCharacterStream(String column) throws SQLException {
        throw Refusal.of("getNCharacterStream");
    }
}
