package dev.realtime.hibernate.model;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.io.Serializable;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import org.hibernate.annotations.JavaType;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.annotations.Parameter;
import org.hibernate.annotations.Type;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.hibernate.type.SqlTypes;
import org.hibernate.type.descriptor.WrapperOptions;
import org.hibernate.type.descriptor.java.AbstractClassJavaType;
import org.hibernate.type.descriptor.java.ImmutableMutabilityPlan;
import org.hibernate.usertype.DynamicParameterizedType;
import org.hibernate.usertype.UserType;

/** Attributes of types that the application has described to Hibernate by itself. */
public final class Customs {

    private Customs() {}

    /** Words in one column, behind a separator that the mapping names. */
    public static class WordsType implements UserType<List<String>>, DynamicParameterizedType {

        private String separator = ",";

        @Override
        public void setParameterValues(Properties parameters) {
            separator = parameters.getProperty("separator", separator);
        }

        @Override
        public int getSqlType() {
            return Types.VARCHAR;
        }

        @Override
        @SuppressWarnings({"unchecked", "rawtypes"})
        public Class<List<String>> returnedClass() {
            return (Class) List.class;
        }

        @Override
        public boolean equals(List<String> one, List<String> other) {
            return Objects.equals(one, other);
        }

        @Override
        public int hashCode(List<String> words) {
            return words.hashCode();
        }

        @Override
        public List<String> nullSafeGet(
                ResultSet rs, int position, SharedSessionContractImplementor session, Object owner)
                throws SQLException {
            String text = rs.getString(position);
            return text == null ? null : Arrays.asList(text.split(java.util.regex.Pattern.quote(separator)));
        }

        @Override
        public void nullSafeSet(
                PreparedStatement statement, List<String> words, int index, SharedSessionContractImplementor session)
                throws SQLException {
            statement.setString(index, words == null ? null : String.join(separator, words));
        }

        @Override
        public List<String> deepCopy(List<String> words) {
            return words;
        }

        @Override
        public boolean isMutable() {
            return false;
        }

        @Override
        public Serializable disassemble(List<String> words) {
            return words.toArray();
        }

        @Override
        public List<String> assemble(Serializable cached, Object owner) {
            return Arrays.asList((String[]) cached);
        }
    }

    public record Isbn(String digits) {}

    /** How Hibernate turns text into it and back. */
    public static class IsbnJavaType extends AbstractClassJavaType<Isbn> {

        private static final long serialVersionUID = 1L;

        public IsbnJavaType() {
            super(Isbn.class, ImmutableMutabilityPlan.instance());
        }

        @Override
        public String toString(Isbn isbn) {
            return isbn.digits();
        }

        @Override
        public Isbn fromString(CharSequence text) {
            return new Isbn(text.toString());
        }

        @Override
        public <X> X unwrap(Isbn isbn, Class<X> type, WrapperOptions options) {
            return isbn == null ? null : type.cast(isbn.digits());
        }

        @Override
        public <X> Isbn wrap(X value, WrapperOptions options) {
            return value == null ? null : new Isbn((String) value);
        }
    }

    @Entity(name = "Customised")
    public static class Customised {
        @Id
        int id;

        @Type(Version3Type.class)
        Version3 version3;

        @Type(value = WordsType.class, parameters = @Parameter(name = "separator", value = "|"))
        List<String> words;

        @JavaType(IsbnJavaType.class)
        @JdbcTypeCode(SqlTypes.VARCHAR)
        Isbn isbn;
    }
}
