package dev.realtime.hibernate.model;

import java.io.Serializable;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.Objects;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.hibernate.usertype.UserType;

/** A user type as written for Hibernate 6: it is given a session, and needs none. */
public class Version3Type implements UserType<Version3> {

    @Override
    public int getSqlType() {
        return Types.VARCHAR;
    }

    @Override
    public Class<Version3> returnedClass() {
        return Version3.class;
    }

    @Override
    public boolean equals(Version3 x, Version3 y) {
        return Objects.equals(x, y);
    }

    @Override
    public int hashCode(Version3 x) {
        return x.hashCode();
    }

    @Override
    public Version3 nullSafeGet(ResultSet rs, int position, SharedSessionContractImplementor session, Object owner)
            throws SQLException {
        String text = rs.getString(position);
        return rs.wasNull() ? null : Version3.parse(text);
    }

    @Override
    public void nullSafeSet(PreparedStatement st, Version3 value, int index, SharedSessionContractImplementor session)
            throws SQLException {
        st.setString(index, value == null ? null : value.toString());
    }

    @Override
    public Version3 deepCopy(Version3 value) {
        return value;
    }

    @Override
    public boolean isMutable() {
        return false;
    }

    @Override
    public Serializable disassemble(Version3 value) {
        return value;
    }

    @Override
    public Version3 assemble(Serializable cached, Object owner) {
        return (Version3) cached;
    }
}
