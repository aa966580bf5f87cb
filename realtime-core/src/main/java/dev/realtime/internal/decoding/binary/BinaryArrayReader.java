package dev.realtime.internal.decoding.binary;

import dev.realtime.type.TypeDecoder;
import org.jspecify.annotations.Nullable;

/**
 * Reads one array: Int32 number of dimensions, Int32 whether there are NULLs, Int32 OID of the elements' type, for each
 * dimension Int32 length and Int32 lower bound, for each element Int32 length (-1: NULL) and value. Confined to the thread
 * that decodes.
 */
final class BinaryArrayReader {

    private static final @Nullable Object[] EMPTY = {};

    private final BinaryReader in;
    private final int elementOid;
    private final TypeDecoder<?> element;

    BinaryArrayReader(BinaryReader in, int elementOid, TypeDecoder<?> element) {
        this.in = in;
        this.elementOid = elementOid;
        this.element = element;
    }

    @Nullable
    Object[] read() {
        ArrayHeader header = ArrayHeader.read(in, elementOid);
        @Nullable Object[] array = header.lengths().length == 0 ? EMPTY : dimension(header.lengths(), 0);
        in.end();
        return array;
    }

    private @Nullable Object[] dimension(int[] lengths, int depth) {
        @Nullable Object[] items = new @Nullable Object[lengths[depth]];
        for (int i = 0; i < items.length; i++) {
            items[i] = depth + 1 < lengths.length ? dimension(lengths, depth + 1) : item();
        }
        return items;
    }

    private @Nullable Object item() {
        int length = in.lengthOrNull();
        return length < 0 ? null : element.decode(in.array(), in.skip(length), length);
    }
}
