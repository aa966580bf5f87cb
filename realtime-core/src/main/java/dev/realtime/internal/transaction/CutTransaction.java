package dev.realtime.internal.transaction;

import dev.realtime.error.GapException;

/** A transaction that went on in part does not come again as it was. */
public final class CutTransaction extends GapException {

    private static final long serialVersionUID = 1L;

    CutTransaction(String message) {
        super(message);
    }
}
