package dev.realtime.internal.pgoutput;

import java.util.ArrayList;
import java.util.List;

/**
 * {@code T}: tables were emptied. Int32 number of relations, Int8 options (1: CASCADE, 2: RESTART IDENTITY), their ids.
 * Immutable.
 *
 * @param cascade whether {@code CASCADE} was given
 * @param restartIdentity whether {@code RESTART IDENTITY} was given
 * @param relationIds the tables' OIDs
 */
public record TruncateMessage(boolean cascade, boolean restartIdentity, List<Integer> relationIds)
        implements PgOutputMessage {

    /** Emptied tables. */
    public TruncateMessage {
        relationIds = List.copyOf(relationIds);
    }

    static TruncateMessage decode(MessageReader in) {
        int count = in.int32();
        int options = in.int8();
        if ((options & ~3) != 0) {
            throw in.malformed("its options are " + options + ", more than CASCADE and RESTART IDENTITY");
        }
        if (count < 0 || count > in.remaining() / Integer.BYTES) {
            throw in.malformed("it announces " + count + " relations and has " + in.remaining() + " bytes left");
        }
        List<Integer> ids = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            ids.add(in.int32());
        }
        return new TruncateMessage((options & 1) != 0, (options & 2) != 0, ids);
    }
}
