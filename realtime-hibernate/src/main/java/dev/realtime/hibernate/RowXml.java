package dev.realtime.hibernate;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Reader;
import java.io.StringReader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.sql.SQLXML;
import javax.xml.transform.Result;
import javax.xml.transform.Source;
import org.jspecify.annotations.Nullable;

/** A value of type {@code xml} as JDBC hands it out, by its text. Immutable. */
final class RowXml implements SQLXML {

    private final String text;

    RowXml(String text) {
        this.text = text;
    }

    @Override
    public String getString() {
        return text;
    }

    @Override
    public Reader getCharacterStream() {
        return new StringReader(text);
    }

    @Override
    public InputStream getBinaryStream() {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public <T extends Source> T getSource(@Nullable Class<T> sourceClass) throws SQLException {
        throw Refusal.of("getSQLXML with a source");
    }

    @Override
    public void setString(String value) throws SQLException {
        throw Refusal.of("getSQLXML to write to");
    }

    @Override
    public OutputStream setBinaryStream() throws SQLException {
        throw Refusal.of("getSQLXML to write to");
    }

    @Override
    public Writer setCharacterStream() throws SQLException {
        throw Refusal.of("getSQLXML to write to");
    }

    @Override
    public <T extends Result> T setResult(@Nullable Class<T> resultClass) throws SQLException {
        throw Refusal.of("getSQLXML to write to");
    }

    @Override
    public void free() {
        // Nothing is held.
    }
}
