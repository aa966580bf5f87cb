package dev.realtime.internal.setup;

import java.sql.SQLException;

/** Something that asks the server. */
@FunctionalInterface
interface SqlTask<T> {

    T run() throws SQLException;

    /** What is to be put back in order behind a task. */
    @FunctionalInterface
    interface Cleanup {
        void run() throws SQLException;
    }

    /** The task with something behind it that is done in any case; where both fail, the task's error is thrown. */
    default SqlTask<T> then(Cleanup cleanup) {
        return () -> {
            T result;
            try {
                result = run();
            } catch (SQLException | RuntimeException e) {
                try {
                    cleanup.run();
                } catch (SQLException inVain) {
                    e.addSuppressed(inVain);
                }
                throw e;
            }
            cleanup.run();
            return result;
        };
    }
}
