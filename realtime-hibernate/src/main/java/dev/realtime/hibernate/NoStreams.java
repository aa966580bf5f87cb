package dev.realtime.hibernate;

import java.io.InputStream;
import java.io.Reader;
import java.math.BigDecimal;
import java.net.URL;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.NClob;
import java.sql.Ref;
import java.sql.ResultSet;
import java.sql.RowId;
import java.sql.SQLException;
import java.sql.SQLXML;
import java.util.Map;

/** The log carries values, neither streams nor handles of the server: these reads are refused. Thread-safe. */
interface NoStreams extends ResultSet {

    @Override
    @Deprecated
    default BigDecimal getBigDecimal(int column, int value) throws SQLException {
        throw Refusal.of("getBigDecimal");
    }

    @Override
    default InputStream getAsciiStream(int column) throws SQLException {
        throw Refusal.of("getAsciiStream");
    }

    @Override
    @Deprecated
    default InputStream getUnicodeStream(int column) throws SQLException {
        throw Refusal.of("getUnicodeStream");
    }

    @Override
    default InputStream getBinaryStream(int column) throws SQLException {
        throw Refusal.of("getBinaryStream");
    }

    @Override
    default Reader getCharacterStream(int column) throws SQLException {
        throw Refusal.of("getCharacterStream");
    }

    @Override
    default Object getObject(int column, Map<String, Class<?>> value) throws SQLException {
        throw Refusal.of("getObject");
    }

    @Override
    default Ref getRef(int column) throws SQLException {
        throw Refusal.of("getRef");
    }

    @Override
    default Blob getBlob(int column) throws SQLException {
        throw Refusal.of("getBlob");
    }

    @Override
    default Clob getClob(int column) throws SQLException {
        throw Refusal.of("getClob");
    }

    @Override
    default URL getURL(int column) throws SQLException {
        throw Refusal.of("getURL");
    }

    @Override
    default RowId getRowId(int column) throws SQLException {
        throw Refusal.of("getRowId");
    }

    @Override
    default NClob getNClob(int column) throws SQLException {
        throw Refusal.of("getNClob");
    }

    @Override
    default SQLXML getSQLXML(int column) throws SQLException {
        throw Refusal.of("getSQLXML");
    }

    @Override
    default Reader getNCharacterStream(int column) throws SQLException {
        throw Refusal.of("getNCharacterStream");
    }
}
