package dev.realtime.hibernate;

import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;

/** There is one row, and it is the current one: every move and every question about the statement is refused. Thread-safe. */
interface NoNavigation extends ResultSet {

    @Override
    default boolean next() throws SQLException {
        throw Refusal.of("next");
    }

    @Override
    default SQLWarning getWarnings() throws SQLException {
        throw Refusal.of("getWarnings");
    }

    @Override
    default void clearWarnings() throws SQLException {
        throw Refusal.of("clearWarnings");
    }

    @Override
    default String getCursorName() throws SQLException {
        throw Refusal.of("getCursorName");
    }

    @Override
    default ResultSetMetaData getMetaData() throws SQLException {
        throw Refusal.of("getMetaData");
    }

    @Override
    default boolean isBeforeFirst() throws SQLException {
        throw Refusal.of("isBeforeFirst");
    }

    @Override
    default boolean isAfterLast() throws SQLException {
        throw Refusal.of("isAfterLast");
    }

    @Override
    default boolean isFirst() throws SQLException {
        throw Refusal.of("isFirst");
    }

    @Override
    default boolean isLast() throws SQLException {
        throw Refusal.of("isLast");
    }

    @Override
    default void beforeFirst() throws SQLException {
        throw Refusal.of("beforeFirst");
    }

    @Override
    default void afterLast() throws SQLException {
        throw Refusal.of("afterLast");
    }

    @Override
    default boolean first() throws SQLException {
        throw Refusal.of("first");
    }

    @Override
    default boolean last() throws SQLException {
        throw Refusal.of("last");
    }

    @Override
    default int getRow() throws SQLException {
        throw Refusal.of("getRow");
    }

    @Override
    default boolean absolute(int column) throws SQLException {
        throw Refusal.of("absolute");
    }

    @Override
    default boolean relative(int column) throws SQLException {
        throw Refusal.of("relative");
    }

    @Override
    default boolean previous() throws SQLException {
        throw Refusal.of("previous");
    }

    @Override
    default void setFetchDirection(int column) throws SQLException {
        throw Refusal.of("setFetchDirection");
    }

    @Override
    default int getFetchDirection() throws SQLException {
        throw Refusal.of("getFetchDirection");
    }

    @Override
    default void setFetchSize(int column) throws SQLException {
        throw Refusal.of("setFetchSize");
    }

    @Override
    default int getFetchSize() throws SQLException {
        throw Refusal.of("getFetchSize");
    }

    @Override
    default int getType() throws SQLException {
        throw Refusal.of("getType");
    }

    @Override
    default int getConcurrency() throws SQLException {
        throw Refusal.of("getConcurrency");
    }

    @Override
    default Statement getStatement() throws SQLException {
        throw Refusal.of("getStatement");
    }

    @Override
    default int getHoldability() throws SQLException {
        throw Refusal.of("getHoldability");
    }
}
