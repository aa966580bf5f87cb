package dev.realtime.internal.binding;

import dev.realtime.internal.transaction.RowChange;
import java.util.List;

/** A change that waits for one before it. Confined to the reader thread. */
interface Held {

    /** Its ordinal in the transaction. */
    long ordinal();

    /** Whether it is known whole. */
    boolean isClosed();

    void give(Composition.Output output);

    /** A row that is an entity by itself. */
    record Row(EntityBinding<?> binding, RowChange change) implements Held {

        @Override
        public long ordinal() {
            return change.ordinal();
        }

        @Override
        public boolean isClosed() {
            return true;
        }

        @Override
        public void give(Composition.Output output) {
            output.row(List.of(binding), change);
        }
    }
}
