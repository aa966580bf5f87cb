package dev.realtime.internal.replication;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.util.ArrayList;
import java.util.List;

/** Picks up what the server warned of: the driver keeps notices of the stream at its connection. Confined to the reader thread. */
final class ServerWarnings {

    /** One warning per relation and cache reset is possible; people need the first ones. */
    private static final int MOST = 100;

    private final Connection connection;
    private List<ServerWarning> pending = new ArrayList<>();
    private boolean unjudged;

    ServerWarnings(Connection connection) {
        this.connection = connection;
    }

    void collect() throws SQLException {
        SQLWarning warning = connection.getWarnings();
        if (warning == null) {
            return;
        }
        connection.clearWarnings();
        unjudged = true;
        for (; warning != null && pending.size() < MOST; warning = warning.getNextWarning()) {
            String state = warning.getSQLState();
            pending.add(new ServerWarning(state == null ? "01000" : state, String.valueOf(warning.getMessage())));
        }
    }

    /** Whether there was a warning that nobody has found harmless. */
    boolean areUnjudged() {
        return unjudged;
    }

    void foundHarmless() {
        unjudged = !pending.isEmpty();
    }

    List<ServerWarning> take() {
        if (pending.isEmpty()) {
            return List.of();
        }
        List<ServerWarning> taken = pending;
        pending = new ArrayList<>();
        return taken;
    }
}
