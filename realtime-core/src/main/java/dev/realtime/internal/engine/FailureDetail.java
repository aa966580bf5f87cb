package dev.realtime.internal.engine;

import dev.realtime.error.RealtimeException;
import java.sql.SQLException;

/**
 * What may be written down of a failure. The message of an application's exception may hold values of the row, so that
 * only our own are kept; of others it is told where they were thrown, and a database's SQLSTATE. Thread-safe.
 */
final class FailureDetail {

    private static final int LONGEST = 1_000;

    private FailureDetail() {}

    static String of(Throwable failure) {
        String detail = detail(failure).replace("\0", "");
        return detail.length() > LONGEST ? detail.substring(0, LONGEST) : detail;
    }

    private static String detail(Throwable failure) {
        if (failure instanceof RealtimeException ours && ours.getMessage() != null) {
            return ours.getMessage();
        }
        StringBuilder detail = new StringBuilder();
        StackTraceElement[] trace = failure.getStackTrace();
        if (trace.length > 0) {
            detail.append("at ").append(trace[0]);
        }
        Throwable cause = failure;
        for (int depth = 0; depth < 8 && cause != null; depth++) {
            if (depth > 0) {
                detail.append("; caused by ").append(cause.getClass().getName());
            }
            if (cause instanceof SQLException sql) {
                detail.append(", SQLSTATE ").append(sql.getSQLState());
            }
            cause = cause.getCause();
        }
        return detail.toString();
    }
}
