package dev.realtime.internal.engine;

import dev.realtime.internal.ack.ConfirmedMark;
import dev.realtime.internal.bus.Bus;
import dev.realtime.internal.connection.PostgresConnector;
import dev.realtime.internal.replication.ReplicationSession;
import dev.realtime.internal.setup.Database;

/**
 * What an engine is made of and every session of it shares. Immutable; each part says who may touch it.
 *
 * @param settings how it works
 * @param capture what the application wants to see
 * @param connector opens connections
 * @param database the database beside the stream
 * @param bus the subscriptions
 * @param mark how far the server may forget
 * @param stop the wish to stop
 * @param positions how far the stream is
 * @param questions asks the database for the reader
 * @param caughtUp is told when the mark has moved
 * @param watch looks at the server beside the stream
 * @param signals tells the application what the stream says of itself
 */
record EngineParts(
        EngineSettings settings,
        Capture capture,
        PostgresConnector connector,
        Database database,
        Bus bus,
        ConfirmedMark mark,
        Stop stop,
        Positions positions,
        Questions questions,
        CaughtUp caughtUp,
        ServerWatch watch,
        Signals signals) {

    /** A new replication session. */
    ReplicationSession openSession() {
        return ReplicationSession.open(connector, settings.session());
    }
}
