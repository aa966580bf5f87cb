package dev.realtime.hibernate;

import java.sql.SQLException;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.engine.spi.SessionImplementor;
import org.hibernate.metamodel.mapping.JdbcMapping;
import org.hibernate.type.descriptor.WrapperOptions;
import org.jspecify.annotations.Nullable;

/** One column, read by Hibernate's own extractor and converter. Thread-safe. */
final class BasicPart implements Part {

    private final String path;
    private final int ordinal;
    private final int[] columns;
    private final JdbcMapping type;
    private final SessionFactoryImplementor factory;

    /** Whether its user type reads by means of a session, as those written for Hibernate 6 and before may do. */
    private volatile boolean asksForSession;

    /**
     * @param path such as {@code User.address.city}
     */
    BasicPart(String path, int ordinal, JdbcMapping type, SessionFactoryImplementor factory) {
        this.path = path;
        this.ordinal = ordinal;
        this.columns = new int[] {ordinal};
        this.type = type;
        this.factory = factory;
    }

    String path() {
        return path;
    }

    int ordinal() {
        return ordinal;
    }

    JdbcMapping type() {
        return type;
    }

    @Override
    public int[] columns() {
        return columns;
    }

    @Override
    public @Nullable Object read(Reading reading) {
        try {
            return type.convertToDomainValue(extract(reading));
        } catch (SQLException | RuntimeException failure) {
            throw Failure.of(
                    path + ": column " + reading.describe(ordinal) + " cannot become "
                            + type.getJavaTypeDescriptor().getTypeName(),
                    failure);
        }
    }

    /** The value as the column has it, before a converter: what a discriminator is compared with. */
    @Nullable
    Object raw(Reading reading) {
        try {
            return extract(reading);
        } catch (SQLException | RuntimeException failure) {
            throw Failure.of(path + ": column " + reading.describe(ordinal) + " cannot be read", failure);
        }
    }

    /** The value as the column has it, with whatever the reader throws. */
    @Nullable
    Object extract(Reading reading) throws SQLException {
        if (!asksForSession) {
            try {
                return extract(reading, factory.getWrapperOptions());
            } catch (UnsupportedOperationException noSession) {
                asksForSession = true;
            }
        }
        try (SessionImplementor session = Sessions.open(factory)) {
            return extract(reading, session);
        }
    }

    private @Nullable Object extract(Reading reading, WrapperOptions options) throws SQLException {
        return type.getJdbcValueExtractor().extract(reading.resultSet, ordinal + 1, options);
    }
}
