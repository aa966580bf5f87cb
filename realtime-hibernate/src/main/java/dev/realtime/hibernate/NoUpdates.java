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

/** A row of the log is read only: every update by position is refused. Thread-safe. */
interface NoUpdates extends ResultSet {

    @Override
    default boolean rowUpdated() throws SQLException {
        throw Refusal.of("rowUpdated");
    }

    @Override
    default boolean rowInserted() throws SQLException {
        throw Refusal.of("rowInserted");
    }

    @Override
    default boolean rowDeleted() throws SQLException {
        throw Refusal.of("rowDeleted");
    }

    @Override
    default void updateNull(int column) throws SQLException {
        throw Refusal.of("updateNull");
    }

    @Override
    default void updateBoolean(int column, boolean value) throws SQLException {
        throw Refusal.of("updateBoolean");
    }

    @Override
    default void updateByte(int column, byte value) throws SQLException {
        throw Refusal.of("updateByte");
    }

    @Override
    default void updateShort(int column, short value) throws SQLException {
        throw Refusal.of("updateShort");
    }

    @Override
    default void updateInt(int column, int value) throws SQLException {
        throw Refusal.of("updateInt");
    }

    @Override
    default void updateLong(int column, long value) throws SQLException {
        throw Refusal.of("updateLong");
    }

    @Override
    default void updateFloat(int column, float value) throws SQLException {
        throw Refusal.of("updateFloat");
    }

    @Override
    default void updateDouble(int column, double value) throws SQLException {
        throw Refusal.of("updateDouble");
    }

    @Override
    default void updateBigDecimal(int column, BigDecimal value) throws SQLException {
        throw Refusal.of("updateBigDecimal");
    }

    @Override
    default void updateString(int column, String value) throws SQLException {
        throw Refusal.of("updateString");
    }

    @Override
    default void updateBytes(int column, byte[] value) throws SQLException {
        throw Refusal.of("updateBytes");
    }

    @Override
    default void updateDate(int column, Date value) throws SQLException {
        throw Refusal.of("updateDate");
    }

    @Override
    default void updateTime(int column, Time value) throws SQLException {
        throw Refusal.of("updateTime");
    }

    @Override
    default void updateTimestamp(int column, Timestamp value) throws SQLException {
        throw Refusal.of("updateTimestamp");
    }

    @Override
    default void updateAsciiStream(int column, InputStream value, int length) throws SQLException {
        throw Refusal.of("updateAsciiStream");
    }

    @Override
    default void updateBinaryStream(int column, InputStream value, int length) throws SQLException {
        throw Refusal.of("updateBinaryStream");
    }

    @Override
    default void updateCharacterStream(int column, Reader value, int length) throws SQLException {
        throw Refusal.of("updateCharacterStream");
    }

    @Override
    default void updateObject(int column, Object value, int length) throws SQLException {
        throw Refusal.of("updateObject");
    }

    @Override
    default void updateObject(int column, Object value) throws SQLException {
        throw Refusal.of("updateObject");
    }

    @Override
    default void insertRow() throws SQLException {
        throw Refusal.of("insertRow");
    }

    @Override
    default void updateRow() throws SQLException {
        throw Refusal.of("updateRow");
    }

    @Override
    default void deleteRow() throws SQLException {
        throw Refusal.of("deleteRow");
    }

    @Override
    default void refreshRow() throws SQLException {
        throw Refusal.of("refreshRow");
    }

    @Override
    default void cancelRowUpdates() throws SQLException {
        throw Refusal.of("cancelRowUpdates");
    }

    @Override
    default void moveToInsertRow() throws SQLException {
        throw Refusal.of("moveToInsertRow");
    }

    @Override
    default void moveToCurrentRow() throws SQLException {
        throw Refusal.of("moveToCurrentRow");
    }

    @Override
    default void updateRef(int column, Ref value) throws SQLException {
        throw Refusal.of("updateRef");
    }

    @Override
    default void updateBlob(int column, Blob value) throws SQLException {
        throw Refusal.of("updateBlob");
    }

    @Override
    default void updateClob(int column, Clob value) throws SQLException {
        throw Refusal.of("updateClob");
    }

    @Override
    default void updateArray(int column, Array value) throws SQLException {
        throw Refusal.of("updateArray");
    }

    @Override
    default void updateRowId(int column, RowId value) throws SQLException {
        throw Refusal.of("updateRowId");
    }

    @Override
    default void updateNString(int column, String value) throws SQLException {
        throw Refusal.of("updateNString");
    }

    @Override
    default void updateNClob(int column, NClob value) throws SQLException {
        throw Refusal.of("updateNClob");
    }

    @Override
    default void updateSQLXML(int column, SQLXML value) throws SQLException {
        throw Refusal.of("updateSQLXML");
    }

    @Override
    default void updateNCharacterStream(int column, Reader value, long length) throws SQLException {
        throw Refusal.of("updateNCharacterStream");
    }

    @Override
    default void updateAsciiStream(int column, InputStream value, long length) throws SQLException {
        throw Refusal.of("updateAsciiStream");
    }

    @Override
    default void updateBinaryStream(int column, InputStream value, long length) throws SQLException {
        throw Refusal.of("updateBinaryStream");
    }

    @Override
    default void updateCharacterStream(int column, Reader value, long length) throws SQLException {
        throw Refusal.of("updateCharacterStream");
    }

    @Override
    default void updateBlob(int column, InputStream value, long length) throws SQLException {
        throw Refusal.of("updateBlob");
    }

    @Override
    default void updateClob(int column, Reader value, long length) throws SQLException {
        throw Refusal.of("updateClob");
    }

    @Override
    default void updateNClob(int column, Reader value, long length) throws SQLException {
        throw Refusal.of("updateNClob");
    }

    @Override
    default void updateNCharacterStream(int column, Reader value) throws SQLException {
        throw Refusal.of("updateNCharacterStream");
    }

    @Override
    default void updateAsciiStream(int column, InputStream value) throws SQLException {
        throw Refusal.of("updateAsciiStream");
    }

    @Override
    default void updateBinaryStream(int column, InputStream value) throws SQLException {
        throw Refusal.of("updateBinaryStream");
    }

    @Override
    default void updateCharacterStream(int column, Reader value) throws SQLException {
        throw Refusal.of("updateCharacterStream");
    }

    @Override
    default void updateBlob(int column, InputStream value) throws SQLException {
        throw Refusal.of("updateBlob");
    }

    @Override
    default void updateClob(int column, Reader value) throws SQLException {
        throw Refusal.of("updateClob");
    }

    @Override
    default void updateNClob(int column, Reader value) throws SQLException {
        throw Refusal.of("updateNClob");
    }

    @Override
    default void updateObject(int column, Object value, SQLType length, int scale) throws SQLException {
        throw Refusal.of("updateObject");
    }

    @Override
    default void updateObject(int column, Object value, SQLType length) throws SQLException {
        throw Refusal.of("updateObject");
    }
}
