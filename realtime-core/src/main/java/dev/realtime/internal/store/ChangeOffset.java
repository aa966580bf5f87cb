package dev.realtime.internal.store;

import dev.realtime.store.EventOffset;
import dev.realtime.wal.EventPosition;
import jakarta.persistence.EntityManager;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * The place of one change in one subscription. Immutable.
 *
 * @param offsets where it is stored
 * @param subscription the subscription's name
 * @param position the change
 */
public record ChangeOffset(SlotOffsets offsets, String subscription, EventPosition position) implements EventOffset {

    @Override
    public boolean store(Connection connection) throws SQLException {
        return offsets.move(connection, subscription, position);
    }

    @Override
    public boolean store(EntityManager entityManager) {
        return offsets.move(entityManager, subscription, position);
    }
}
