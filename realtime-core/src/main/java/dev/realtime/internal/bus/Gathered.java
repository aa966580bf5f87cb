package dev.realtime.internal.bus;

/** How much a reader has gathered and not handed over. Confined to that reader. */
final class Gathered {

    private static final int BATCH = 64;
    private static final long BATCH_BYTES = 1 << 20;

    private int changes;
    private long bytes;

    void add(int rowBytes) {
        changes++;
        bytes += rowBytes;
    }

    boolean isMuch() {
        return changes >= BATCH || bytes >= BATCH_BYTES;
    }

    boolean isNothing() {
        return changes == 0;
    }

    void clear() {
        changes = 0;
        bytes = 0;
    }
}
