package dev.realtime.internal.binding;

import static dev.realtime.internal.binding.SpreadBed.EXTRA;
import static dev.realtime.internal.binding.SpreadBed.PLAIN;
import static dev.realtime.internal.binding.SpreadBed.ROOT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.realtime.support.Seed;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The reader's windows against a model that has the whole transaction before it and looks for each window by itself. */
class CompositionPropertyTest {

    private static final int TRANSACTIONS = 3_000;
    private static final List<String> TABLES = List.of("root", "left", "right", "extra");

    private enum Kind {
        INSERT,
        UPDATE,
        DELETE,
        TRUNCATE
    }

    /** One row change; of an insert the old id is the new one. */
    private record Op(Kind kind, int table, String oldId, String id) {

        boolean endsEntity() {
            return kind == Kind.DELETE && table != EXTRA;
        }
    }

    @Test
    void every_transaction_gives_the_changes_that_the_model_gives_wherever_a_session_breaks() {
        Random random = new Random(Seed.of("transactions of spread entities"));
        for (int i = 0; i < TRANSACTIONS; i++) {
            List<Op> transaction = transaction(random);
            boolean full = random.nextBoolean();
            List<String> expected = model(transaction, full);
            SpreadBed bed = new SpreadBed(full ? 'f' : 'd');
            int cut = random.nextInt(transaction.size());
            for (int row = 0; row < transaction.size(); row++) {
                if (row == cut) {
                    bed.sessionStarted();
                }
                give(transaction.get(row), bed);
                int longest = row - Composition.LONGEST;
                assertThat(bed.words).hasSizeGreaterThanOrEqualTo((int) expected.stream()
                        .filter(change -> longest >= 0 && ordinal(change) <= longest)
                        .count());
            }
            bed.commit();

            assertThat(bed.isHolding()).isFalse();
            assertThat(bed.words.stream()
                            .map(CompositionPropertyTest::withDashes)
                            .toList())
                    .isEqualTo(expected);
        }
    }

    private static long ordinal(String change) {
        return Long.parseLong(change.substring(0, change.indexOf(' ')));
    }

    /** What a change does not tell of a row, or tells as null. */
    private static String withDashes(String words) {
        return words.replace("=null", "=-").replace("=?", "=-");
    }

    private static List<Op> transaction(Random random) {
        int rows = random.nextInt(20) == 0 ? 300 + random.nextInt(400) : 1 + random.nextInt(12);
        int keys = rows > 100 ? 2 + random.nextInt(200) : 1 + random.nextInt(3);
        List<Op> transaction = new ArrayList<>();
        for (int i = 0; i < rows; i++) {
            int table = random.nextInt(PLAIN + 1);
            String id = String.valueOf(random.nextInt(keys));
            int kind = random.nextInt(40);
            if (kind == 0) {
                transaction.add(new Op(Kind.TRUNCATE, table, id, id));
            } else if (kind < 12) {
                transaction.add(new Op(Kind.INSERT, table, id, id));
            } else if (kind < 24) {
                transaction.add(new Op(Kind.DELETE, table, id, id));
            } else {
                String old = random.nextInt(6) == 0 ? String.valueOf(random.nextInt(keys)) : id;
                transaction.add(new Op(Kind.UPDATE, table, old, id));
            }
        }
        return transaction;
    }

    private static void give(Op op, SpreadBed bed) {
        switch (op.kind()) {
            case INSERT -> bed.insert(op.table(), op.id());
            case UPDATE -> bed.update(op.table(), op.oldId(), op.id());
            case DELETE -> bed.delete(op.table(), op.id());
            case TRUNCATE -> bed.truncate(op.table());
        }
    }

    // The model

    private static List<String> model(List<Op> transaction, boolean full) {
        List<String> changes = new ArrayList<>();
        Set<Integer> taken = new HashSet<>();
        for (int first = 0; first < transaction.size(); first++) {
            Op op = transaction.get(first);
            if (op.table() == PLAIN) {
                changes.add(first + " " + op.kind() + " Object[]");
            } else if (op.kind() == Kind.TRUNCATE) {
                changes.add(first + " TRUNCATE Spread " + TABLES.get(op.table()) + "=-");
            } else if (!taken.contains(first)) {
                Map<Integer, Integer> window = window(transaction, first);
                taken.addAll(window.values());
                changes.add(words(transaction, first, window, full));
            }
        }
        return changes;
    }

    /** The ordinals of a window's rows, by their tables. */
    private static Map<Integer, Integer> window(List<Op> transaction, int first) {
        Op opening = transaction.get(first);
        Map<Integer, Integer> window = new TreeMap<>(Map.of(opening.table(), first));
        for (int next = first + 1; next < transaction.size() && next < first + 256; next++) {
            Op op = transaction.get(next);
            if (op.table() == PLAIN) {
                continue;
            }
            boolean leaves = op.kind() == Kind.UPDATE
                    && !op.oldId().equals(op.id())
                    && op.oldId().equals(opening.id());
            boolean again = op.id().equals(opening.id()) && window.containsKey(op.table());
            if (op.kind() == Kind.TRUNCATE || leaves || again) {
                break;
            }
            if (op.id().equals(opening.id())) {
                boolean onlyDeletes = true;
                boolean ends = false;
                for (int row : window.values()) {
                    onlyDeletes &= transaction.get(row).kind() == Kind.DELETE;
                    ends |= transaction.get(row).endsEntity();
                }
                if (op.endsEntity() ? !onlyDeletes : ends && op.kind() != Kind.DELETE) {
                    break;
                }
                window.put(op.table(), next);
            }
            if (window.size() == 3 && window.containsKey(ROOT) && window.containsKey(EXTRA)) {
                break;
            }
        }
        return window;
    }

    /** Of a row that went the value is told by a delete of the whole entity alone, and by whole old rows. */
    private static String words(List<Op> transaction, int first, Map<Integer, Integer> window, boolean full) {
        Integer root = window.get(ROOT);
        Kind kind = root == null ? Kind.UPDATE : transaction.get(root).kind();
        StringBuilder words = new StringBuilder(first + " " + kind + " Spread");
        window.forEach((table, row) -> {
            boolean told = transaction.get(row).kind() != Kind.DELETE || full && kind == Kind.DELETE;
            words.append(' ').append(TABLES.get(table)).append(told ? "=" + row : "=-");
        });
        return words.toString();
    }
}
