package dev.realtime.support;

import com.sun.management.OperatingSystemMXBean;
import dev.realtime.event.EventHandler;
import dev.realtime.event.RealtimeEvent;
import java.lang.management.ManagementFactory;
import java.util.Locale;

/** The handler of the ledger's rows, in order, whose pace is measured, and what that takes. */
final class Pace implements EventHandler<RealtimeEvent<LedgerRow>> {

    private final InOrder rows = new InOrder("fast");
    private volatile long first = -1;
    private volatile long last = -1;
    private long beganNanos;
    private long beganCpu;
    private long tookNanos;
    private long tookCpu;

    @Override
    public void handle(RealtimeEvent<LedgerRow> event) {
        long row = rows.count();
        if (row == first) {
            beganCpu = cpu();
            beganNanos = System.nanoTime();
        } else if (row == last) {
            tookNanos = System.nanoTime() - beganNanos;
            tookCpu = cpu() - beganCpu;
        }
        rows.handle(event);
    }

    /** How many rows have come. */
    long count() {
        return rows.count();
    }

    /** The next rows count. */
    void measure(int next) {
        first = rows.count();
        last = first + next - 1;
    }

    /** Once they have come: returns how many a second. */
    long tell(String who) {
        long measured = last - first;
        long perSecond = measured * 1_000_000_000 / tookNanos;
        Runtime memory = Runtime.getRuntime();
        System.out.printf(
                Locale.ROOT,
                "%s: %,d rows/s, %.2f us of processor time a row, heap %d of %d MB%n",
                who,
                perSecond,
                tookCpu / 1e3 / measured,
                memory.totalMemory() - memory.freeMemory() >> 20,
                memory.maxMemory() >> 20);
        return perSecond;
    }

    private static long cpu() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
    }
}
