package dev.realtime.faultbed.ledger;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * The testimony: a file to which handlers append what they have done, one line in one unbuffered write each, so that it is
 * in the kernel's hands, and outlives any death of the process, when {@link #append} returns. Several processes may hold the
 * same file, some writing and one judging. Thread-safe.
 */
public final class HandledLog implements AutoCloseable {

    private final Path file;
    private final FileChannel channel;
    private boolean mended;

    /**
     * What a log holds.
     *
     * @param rows the whole lines, in the order they were written
     * @param torn how many lines a crash has torn
     */
    public record Content(List<Handled> rows, long torn) {}

    private HandledLog(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /**
     * Opens a log, and creates it where it is not there.
     *
     * @param file its file
     * @return the log, the caller's to close
     */
    public static HandledLog open(Path file) {
        try {
            return new HandledLog(
                    file,
                    FileChannel.open(
                            file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot open the log " + file, e);
        }
    }

    /**
     * Testifies that a change was handled. Call it last in a handler, from the handler's own thread.
     *
     * @param commit where the transaction's commit record begins, unsigned
     * @param ordinal which row change of its transaction, from 0
     * @param operation what was done to the row
     * @param key the row's key as text, without white space
     * @param crc stands for the row's content
     * @param possibleRedelivery whether the delivery was marked as perhaps not the first
     */
    public synchronized void append(
            long commit, long ordinal, Operation operation, String key, int crc, boolean possibleRedelivery) {
        try {
            if (!mended) {
                mend();
            }
            String line = new Handled(commit, ordinal, operation, key, crc, possibleRedelivery, 0).line();
            ByteBuffer bytes = ByteBuffer.wrap(line.getBytes(StandardCharsets.UTF_8));
            int length = bytes.remaining();
            if (channel.write(bytes) != length) {
                throw new IOException("The line was not written at once");
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write to the log " + file, e);
        }
    }

    /** Ends the line that a process before us was killed in. */
    private void mend() throws IOException {
        long length = channel.size();
        if (length > 0) {
            try (FileChannel reader = FileChannel.open(file, StandardOpenOption.READ)) {
                ByteBuffer last = ByteBuffer.allocate(1);
                reader.read(last, length - 1);
                if (last.get(0) != '\n') {
                    channel.write(ByteBuffer.wrap(new byte[] {'\n'}));
                }
            }
        }
        mended = true;
    }

    /**
     * How much has been testified at this moment: lines with {@link Handled#end} up to here.
     *
     * @return the file's length in bytes, also what other processes have written
     */
    public long length() {
        try {
            return channel.size();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot measure the log " + file, e);
        }
    }

    /**
     * Reads everything.
     *
     * @return what stands in the file at this moment
     */
    public Content read() {
        List<Handled> rows = new ArrayList<>();
        long torn = 0;
        long end = 0;
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
            for (int b = in.read(); b >= 0; b = in.read()) {
                end++;
                if (b != '\n') {
                    line.write(b);
                    continue;
                }
                Handled handled = Handled.parse(line.toString(StandardCharsets.UTF_8), end);
                if (handled == null) {
                    torn++;
                } else {
                    rows.add(handled);
                }
                line.reset();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read the log " + file, e);
        }
        return new Content(List.copyOf(rows), line.size() > 0 ? torn + 1 : torn);
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot close the log " + file, e);
        }
    }
}
