package dev.realtime.faultbed.ledger;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32;

/**
 * A lane's rows and what it does to them. Which keys it has, it remembers only to choose among them. Confined to its writer.
 */
final class LaneRows {

    private static final long KEYS_PER_LANE = 1_000_000_000_000L;
    private static final int FEW = 5;
    private static final int MANY = 60;
    private static final int MAX_SAVEPOINTS = 5;
    private static final int SMALL_BODY = 60;
    private static final int BIG_BODY = 6000;

    private final int lane;
    private final int bigBodyPercent;
    private final Random random;
    private final Deque<Mark> marks = new ArrayDeque<>();
    private List<Long> keys = new ArrayList<>();
    private List<Long> keysAtBegin = List.of();
    private long keysMade;
    private long statements;
    private long savepointRollbacks;

    private record Mark(Savepoint savepoint, List<Long> keys) {}

    LaneRows(int lane, int bigBodyPercent, Random random) {
        this.lane = lane;
        this.bigBodyPercent = bigBodyPercent;
        this.random = random;
    }

    /** Asks the server which rows there are: after a lost connection nobody else knows. */
    void load(Connection connection) throws SQLException {
        marks.clear();
        keys = new ArrayList<>();
        try (PreparedStatement select =
                connection.prepareStatement("SELECT id FROM ledger WHERE lane = ? ORDER BY id")) {
            select.setInt(1, lane);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    keys.add(rows.getLong(1));
                }
            }
        }
        for (long key : keys) {
            keysMade = Math.max(keysMade, key % KEYS_PER_LANE);
        }
    }

    void begin() {
        marks.clear();
        keysAtBegin = List.copyOf(keys);
    }

    void rolledBack() {
        keys = new ArrayList<>(keysAtBegin);
    }

    /** One random statement, perhaps one about savepoints. */
    void change(Connection connection) throws SQLException {
        int chance = random.nextInt(100);
        if (chance < 8 && marks.size() < MAX_SAVEPOINTS) {
            marks.push(new Mark(connection.setSavepoint(), List.copyOf(keys)));
        } else if (chance < 14 && !marks.isEmpty()) {
            Mark mark = marks.pop();
            connection.rollback(mark.savepoint);
            keys = new ArrayList<>(mark.keys);
            savepointRollbacks++;
        } else if (chance < 16 && !marks.isEmpty()) {
            connection.releaseSavepoint(marks.pop().savepoint);
        } else {
            changeRows(connection, random.nextInt(100));
            statements++;
        }
    }

    private void changeRows(Connection connection, int chance) throws SQLException {
        if (keys.size() < FEW || chance < 40 && keys.size() < MANY) {
            String body = body();
            long key = newKey();
            run(connection, "INSERT INTO ledger VALUES (?, ?, 1, ?, ?)", key, lane, body, crc(body));
            keys.add(key);
        } else if (chance < 65) {
            String body = body();
            run(
                    connection,
                    "UPDATE ledger SET version = version + 1, body = ?, crc = ? WHERE id = ?",
                    body,
                    crc(body),
                    anyKey());
        } else if (chance < 75) {
            run(connection, "UPDATE ledger SET version = version + 1 WHERE id = ?", anyKey());
        } else if (chance < 80) {
            run(connection, "UPDATE ledger SET version = version + 1 WHERE lane = ?", lane);
        } else if (chance < 83) {
            long from = anyKey();
            long to = newKey();
            run(connection, "UPDATE ledger SET version = version + 1, id = ? WHERE id = ?", to, from);
            keys.remove(from);
            keys.add(to);
        } else {
            long key = anyKey();
            run(connection, "DELETE FROM ledger WHERE id = ?", key);
            keys.remove(key);
        }
    }

    private long newKey() {
        return lane * KEYS_PER_LANE + ++keysMade;
    }

    private long anyKey() {
        return keys.get(random.nextInt(keys.size()));
    }

    /** Random letters, of two bytes some, with quotes and backslashes among them; they do not compress below TOAST's limit. */
    private String body() {
        int length = random.nextInt(100) < bigBodyPercent ? BIG_BODY : random.nextInt(SMALL_BODY);
        return random.ints(length, '!', 'ƒ')
                .filter(c -> c < 0x7F || c > 0xA0)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static int crc(String body) {
        CRC32 crc = new CRC32();
        crc.update(body.getBytes(StandardCharsets.UTF_8));
        return (int) crc.getValue();
    }

    private static void run(Connection connection, String sql, Object... values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            statement.executeUpdate();
        }
    }

    long statements() {
        return statements;
    }

    long savepointRollbacks() {
        return savepointRollbacks;
    }
}
