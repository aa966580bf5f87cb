package dev.realtime.internal.decoding.binary;

/**
 * What stands before the elements of an array. Immutable.
 *
 * @param lengths of each dimension; none where the array is empty. Not to be changed
 * @param lowerBounds of each dimension. Not to be changed
 */
@SuppressWarnings("ArrayRecordComponent") // read once, compared never
public record ArrayHeader(int[] lengths, int[] lowerBounds) {

    /** The server's MAXDIM. It also bounds the recursion. */
    private static final int MOST_DIMENSIONS = 6;

    /**
     * Reads it.
     *
     * @param in stands at the array
     * @param elementOid the type that the elements must be of
     * @return the header, which the bytes behind it have room for
     */
    public static ArrayHeader read(BinaryReader in, int elementOid) {
        int dimensions = in.int32();
        int nulls = in.int32();
        int oid = in.int32();
        if (dimensions < 0 || dimensions > MOST_DIMENSIONS || nulls < 0 || nulls > 1) {
            throw in.malformed("an array of at most " + MOST_DIMENSIONS + " dimensions");
        }
        if (oid != elementOid) {
            throw in.malformed("elements of the type with OID " + Integer.toUnsignedString(elementOid) + ", not "
                    + Integer.toUnsignedString(oid));
        }
        int[] lengths = new int[dimensions];
        int[] lowerBounds = new int[dimensions];
        long elements = dimensions == 0 ? 0 : 1;
        for (int i = 0; i < dimensions; i++) {
            lengths[i] = in.int32();
            lowerBounds[i] = in.int32();
            elements *= lengths[i];
            // Each element has a length at least, so that a number that is a lie costs no memory.
            if (lengths[i] < 0 || elements > in.remaining() / Integer.BYTES) {
                throw in.malformed("as many elements as the array says");
            }
        }
        // An empty int2vector has a dimension of length 0.
        return elements == 0 ? new ArrayHeader(new int[0], new int[0]) : new ArrayHeader(lengths, lowerBounds);
    }
}
