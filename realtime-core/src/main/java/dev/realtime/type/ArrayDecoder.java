package dev.realtime.type;

import org.jspecify.annotations.Nullable;

/**
 * Arrays of any type (manual, section 8.15.6): {@code {1,NULL,3}}, {@code {{a,b},{"c,d","NULL"}}},
 * {@code [0:1]={a,b}}. Thread-safe.
 */
final class ArrayDecoder implements TypeDecoder<@Nullable Object[]> {

    private final TypeDecoder<?> element;
    private final char delimiter;

    /**
     * The decoder of an array type.
     *
     * @param element decodes an element, without the quotes and backslashes that the array puts around it
     * @param delimiter what stands between two elements
     */
    ArrayDecoder(TypeDecoder<?> element, char delimiter) {
        this.element = element;
        this.delimiter = delimiter;
    }

    @Override
    public @Nullable Object[] decode(byte[] bytes, int offset, int length) {
        return new ArrayReader(bytes, offset, offset + length, element, delimiter).read();
    }
}
