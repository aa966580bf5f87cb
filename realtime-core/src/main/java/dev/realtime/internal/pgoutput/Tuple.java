package dev.realtime.internal.pgoutput;

/**
 * A row, or its key, as slices of the message it came in: TupleData of the manual's section 54.9. Int16 number of
 * columns; each {@code n} (null), {@code u} (an unchanged large value that was not sent), or {@code t} (text) or {@code
 * b} (binary) with an Int32 length and the bytes. Immutable, as nobody writes to the message.
 */
public final class Tuple {

    private final byte[] bytes;
    /** Of each column the position of its kind; length and value follow where it has one. */
    private final int[] columns;

    private final int size;

    Tuple(byte[] bytes, int[] columns, int size) {
        this.bytes = bytes;
        this.columns = columns;
        this.size = size;
    }

    static Tuple decode(MessageReader in) {
        int count = in.count16("columns");
        if (count > in.remaining()) {
            throw in.malformed("a tuple announces " + count + " columns and has " + in.remaining() + " bytes left");
        }
        int start = in.position();
        int[] columns = new int[count];
        for (int i = 0; i < count; i++) {
            columns[i] = in.position();
            int kind = in.int8();
            switch (kind) {
                case 'n', 'u' -> {}
                case 't', 'b' -> in.skip(in.length32("a column"));
                default -> throw in.malformed("a column's kind is " + MessageReader.hex(kind) + ", none of n, u, t, b");
            }
        }
        return new Tuple(in.array(), columns, in.position() - start);
    }

    /**
     * How many columns it has.
     *
     * @return as many as its relation
     */
    public int columnCount() {
        return columns.length;
    }

    /**
     * How many bytes its columns take in the message.
     *
     * @return its size in bytes
     */
    public int size() {
        return size;
    }

    /**
     * Whether a column is null. In an old key this says nothing of the columns outside the key.
     *
     * @param column its position
     * @return true for {@code n}
     */
    public boolean isNull(int column) {
        return bytes[columns[column]] == 'n';
    }

    /**
     * Whether a column holds an unchanged large value that was not sent.
     *
     * @param column its position
     * @return true for {@code u}
     */
    public boolean isUnchanged(int column) {
        return bytes[columns[column]] == 'u';
    }

    /**
     * Whether a column's value is in binary format.
     *
     * @param column its position
     * @return true for {@code b}
     */
    public boolean isBinary(int column) {
        return bytes[columns[column]] == 'b';
    }

    /**
     * The array that holds the values. Nobody may write to it.
     *
     * @return the message's own array
     */
    public byte[] bytes() {
        return bytes;
    }

    /**
     * Where a column's value begins in {@link #bytes()}; asked only of a column that was sent.
     *
     * @param column its position
     * @return an index
     */
    public int offset(int column) {
        return columns[column] + 1 + Integer.BYTES;
    }

    /**
     * How many bytes a column's value has; asked only of a column that was sent.
     *
     * @param column its position
     * @return its length in bytes
     */
    public int length(int column) {
        return MessageReader.int32(bytes, columns[column] + 1);
    }
}
