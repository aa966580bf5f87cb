package dev.realtime.faultbed.proxy;

import java.nio.ByteBuffer;

/**
 * Finds the messages in a stream of bytes that comes in any pieces: Byte1 tag, Int32 length including itself, payload
 * (PostgreSQL manual, section 54.7). Keeps the beginning of each payload, never the whole. Confined to the connection's
 * thread of one direction.
 */
final class MessageParser {

    /** Is told of messages, and may have the rest of the stream cut off. */
    interface Listener {

        /**
         * The beginning of a message has passed.
         *
         * @param position how many bytes of the current piece have been read
         * @return false to stop the stream here, inside the message
         */
        boolean begun(char tag, ByteBuffer head, int position);

        /**
         * The last byte of a message has passed.
         *
         * @return false to stop the stream here, behind the message
         */
        boolean ended(char tag, ByteBuffer head);
    }

    private static final int HEADER = 5;

    private final Listener listener;
    private final int headLength;
    private final ByteBuffer header = ByteBuffer.allocate(HEADER);
    private final ByteBuffer head;
    private int payloadLeft;
    private boolean begun;

    /**
     * A parser that stands before a message.
     *
     * @param headLength how many bytes of each payload the listener wants to see, at most
     * @param listener who is told
     */
    MessageParser(int headLength, Listener listener) {
        this.listener = listener;
        this.headLength = headLength;
        this.head = ByteBuffer.allocate(headLength);
    }

    /**
     * Reads on.
     *
     * @return how many bytes were read: all of them, unless the listener stopped the stream
     */
    int feed(byte[] bytes, int length) {
        ByteBuffer in = ByteBuffer.wrap(bytes, 0, length);
        boolean goOn = true;
        while (goOn && in.hasRemaining()) {
            goOn = step(in);
        }
        return in.position();
    }

    private boolean step(ByteBuffer in) {
        if (header.hasRemaining()) {
            move(in, header);
            if (header.hasRemaining()) {
                return true;
            }
            payloadLeft = Math.max(0, header.getInt(1) - Integer.BYTES);
            head.clear().limit(Math.min(payloadLeft, headLength));
        } else if (head.hasRemaining()) {
            payloadLeft -= move(in, head);
        } else {
            int skipped = Math.min(payloadLeft, in.remaining());
            in.position(in.position() + skipped);
            payloadLeft -= skipped;
        }
        return tell(in.position());
    }

    private boolean tell(int position) {
        char tag = (char) header.get(0);
        if (!begun && !head.hasRemaining()) {
            begun = true;
            if (!listener.begun(tag, head.duplicate().flip(), position)) {
                return false;
            }
        }
        if (begun && payloadLeft == 0) {
            begun = false;
            header.clear();
            return listener.ended(tag, head.duplicate().flip());
        }
        return true;
    }

    private static int move(ByteBuffer from, ByteBuffer to) {
        int moved = Math.min(from.remaining(), to.remaining());
        to.put(to.position(), from, from.position(), moved);
        to.position(to.position() + moved);
        from.position(from.position() + moved);
        return moved;
    }
}
