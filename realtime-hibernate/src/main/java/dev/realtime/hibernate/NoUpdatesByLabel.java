package dev.realtime.hibernate;

import java.io.InputStream;
import java.io.Reader;
import java.math.BigDecimal;
import java.sql.Array;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.Date;
import java.sql.NClob;
import java.sql.Ref;
import java.sql.ResultSet;
import java.sql.RowId;
import java.sql.SQLException;
import java.sql.SQLType;
import java.sql.SQLXML;
import java.sql.Time;
import java.sql.Timestamp;

/** A row of the log is read only: every update by label is refused. Thread-safe. */
interface NoUpdatesByLabel extends ResultSet {

    @Override
    default void updateNull(String column) throws SQLException {
        throw Refusal.of("updateNull");
    }

    @Override
    default void updateBoolean(String column, boolean value) throws SQLException {
        throw Refusal.of("updateBoolean");
    }

    @Override
    default void updateByte(String column, byte value) throws SQLException {
        throw Refusal.of("updateByte");
    }

    @Override
    default void updateShort(String column, short value) throws SQLException {
        throw Refusal.of("updateShort");
    }

    @Override
    default void updateInt(String column, int value) throws SQLException {
        throw Refusal.of("updateInt");
    }

    @Override
    default void updateLong(String column, long value) throws SQLException {
        throw Refusal.of("updateLong");
    }

    @Override
    default void updateFloat(String column, float value) throws SQLException {
        throw Refusal.of("updateFloat");
    }

    @Override
    default void updateDouble(String column, double value) throws SQLException {
        throw Refusal.of("updateDouble");
    }

    @Override
    default void updateBigDecimal(String column, BigDecimal value) throws SQLException {
        throw Refusal.of("updateBigDecimal");
    }

    @Override
    default void updateString(String column, String value) throws SQLException {
        throw Refusal.of("updateString");
    }

    @Override
    default void updateBytes(String column, byte[] value) throws SQLException {
        throw Refusal.of("updateBytes");
    }

    @Override
    default void updateDate(String column, Date value) throws SQLException {
        throw Refusal.of("updateDate");
    }

    @Override
    default void updateTime(String column, Time value) throws SQLException {
        throw Refusal.of("updateTime");
    }

    @Override
    default void updateTimestamp(String column, Timestamp value) throws SQLException {
        throw Refusal.of("updateTimestamp");
    }

    @Override
    default void updateAsciiStream(String column, InputStream value, int length) throws SQLException {
        throw Refusal.of("updateAsciiStream");
    }

    @Override
    default void updateBinaryStream(String column, InputStream value, int length) throws SQLException {
        throw Refusal.of("updateBinaryStream");
    }

    @Override
    default void updateCharacterStream(String column, Reader value, int length) throws SQLException {
        throw Refusal.of("updateCharacterStream");
    }

    @Override
    default void updateObject(String column, Object value, int length) throws SQLException {
        throw Refusal.of("updateObject");
    }

    @Override
    default void updateObject(String column, Object value) throws SQLException {
        throw Refusal.of("updateObject");
    }

    @Override
    default void updateRef(String column, Ref value) throws SQLException {
        throw Refusal.of("updateRef");
    }

    @Override
    default void updateBlob(String column, Blob value) throws SQLException {
        throw Refusal.of("updateBlob");
    }

    @Override
    default void updateClob(String column, Clob value) throws SQLException {
        throw Refusal.of("updateClob");
    }

    @Override
    default void updateArray(String column, Array value) throws SQLException {
        throw Refusal.of("updateArray");
    }

    @Override
    default void updateRowId(String column, RowId value) throws SQLException {
        throw Refusal.of("updateRowId");
    }

    @Override
    default void updateNString(String column, String value) throws SQLException {
        throw Refusal.of("updateNString");
    }

    @Override
    default void updateNClob(String column, NClob value) throws SQLException {
        throw Refusal.of("updateNClob");
    }

    @Override
    default void updateSQLXML(String column, SQLXML value) throws SQLException {
        throw Refusal.of("updateSQLXML");
    }

    @Override
    default void updateNCharacterStream(String column, Reader value, long length) throws SQLException {
        throw Refusal.of("updateNCharacterStream");
    }

    @Override
    default void updateAsciiStream(String column, InputStream value, long length) throws SQLException {
        throw Refusal.of("updateAsciiStream");
    }

    @Override
    default void updateBinaryStream(String column, InputStream value, long length) throws SQLException {
        throw Refusal.of("updateBinaryStream");
    }

    @Override
    default void updateCharacterStream(String column, Reader value, long length) throws SQLException {
        throw Refusal.of("updateCharacterStream");
    }

    @Override
    default void updateBlob(String column, InputStream value, long length) throws SQLException {
        throw Refusal.of("updateBlob");
    }

    @Override
    default void updateClob(String column, Reader value, long length) throws SQLException {
        throw Refusal.of("updateClob");
    }

    @Override
    default void updateNClob(String column, Reader value, long length) throws SQLException {
        throw Refusal.of("updateNClob");
    }

    @Override
    default void updateNCharacterStream(String column, Reader value) throws SQLException {
        throw Refusal.of("updateNCharacterStream");
    }

    @Override
    default void updateAsciiStream(String column, InputStream value) throws SQLException {
        throw Refusal.of("updateAsciiStream");
    }

    @Override
    default void updateBinaryStream(String column, InputStream value) throws SQLException {
        throw Refusal.of("updateBinaryStream");
    }

    @Override
    default void updateCharacterStream(String column, Reader value) throws SQLException {
        throw Refusal.of("updateCharacterStream");
    }

    @Override
    default void updateBlob(String column, InputStream value) throws SQLException {
        throw Refusal.of("updateBlob");
    }

    @Override
    default void updateClob(String column, Reader value) throws SQLException {
        throw Refusal.of("updateClob");
    }

    @Override
    default void updateNClob(String column, Reader value) throws SQLException {
        throw Refusal.of("updateNClob");
    }

    @Override
    default void updateObject(String column, Object value, SQLType length, int scale) throws SQLException {
        throw Refusal.of("updateObject");
    }

    @Override
    default void updateObject(String column, Object value, SQLType length) throws SQLException {
        throw Refusal.of("updateObject");
    }
}
