package dev.realtime.internal.bus;

import dev.realtime.event.TransactionChunk;
import dev.realtime.internal.ack.Ticket;
import dev.realtime.internal.binding.BoundChange;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Handles whole transactions, large ones in chunks. A full chunk waits for what comes next, which tells whether it is the
 * last. Confined to the subscription's thread.
 */
final class ByTransaction extends Gathering {

    private final Manner.Transactions manner;
    /** The transaction of which there was a chunk before, be it on an earlier leg. */
    private @Nullable Ticket chunked;

    private boolean first;
    private boolean last;

    /**
     * @param manner the application's code, and how large a chunk may grow
     * @param attempts the policy
     * @param place told of what is finished
     * @param mostBytes how many bytes of rows a chunk holds at most
     */
    ByTransaction(Manner.Transactions manner, Attempts attempts, Place place, long mostBytes) {
        super(attempts, place, manner.chunk(), mostBytes);
        this.manner = manner;
    }

    @Override
    int offer(List<BoundChange<?>> unit, boolean again) throws Exception {
        manner.handler().handle(TransactionChunk.of(events(unit, again), first, last));
        return unit.size();
    }

    @Override
    void change(Ticket ticket, BoundChange<?> change) throws GivenUp, InterruptedException {
        if (isFull()) {
            chunk(ticket, false);
        }
        gather(ticket, change);
    }

    @Override
    void passOver(Ticket ticket, BoundChange<?> change) {
        super.passOver(ticket, change);
        chunked = ticket;
    }

    @Override
    void commit(Ticket ticket) throws GivenUp, InterruptedException {
        super.commit(ticket);
        chunk(ticket, true);
    }

    /** What has gathered of it is let go of: nobody could say whether its end is the transaction's. */
    @Override
    void cut(Ticket ticket) throws GivenUp, InterruptedException {
        letGo();
        chunked = null;
        super.commit(ticket);
    }

    private void chunk(Ticket ticket, boolean end) throws GivenUp, InterruptedException {
        first = chunked != ticket;
        last = end;
        handle();
        chunked = end ? null : ticket;
    }

    @Override
    void settle() {
        letGo(); // the rest of its transaction did not come
    }
}
