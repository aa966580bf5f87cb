package dev.realtime.hibernate;

import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;

/** Why a read is refused, in words that never hold a value. Thread-safe. */
final class Refusal {

    private Refusal() {}

    /** A method that a row of the log does not offer. */
    static SQLException of(String method) {
        return new SQLFeatureNotSupportedException("ResultSet." + method + " is not offered by a row of the log");
    }

    /** A value of one kind asked for as another. */
    static SQLException mismatch(Object value, String wanted) {
        return new Mismatch("a value of " + value.getClass().getSimpleName() + " cannot be read as " + wanted);
    }

    /** A number too large for what it is asked for as. */
    static SQLException outOfRange(String wanted) {
        return new Mismatch("a number is out of the range of " + wanted);
    }

    /** A number that is none, or has no end. */
    static SQLException notFinite(String wanted) {
        return new Mismatch("NaN or an infinity cannot be read as " + wanted);
    }

    /** Its message speaks of types alone, so it may stand in an error. */
    static final class Mismatch extends SQLException {

        private static final long serialVersionUID = 1L;

        Mismatch(String message) {
            super(message);
        }
    }
}
