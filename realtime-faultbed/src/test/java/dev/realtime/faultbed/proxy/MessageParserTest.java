package dev.realtime.faultbed.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class MessageParserTest {

    private static final int HEAD = 34;

    /** What the parser told: {@code begun} and {@code ended} alternate, each with tag and the head's length. */
    private final List<String> told = new ArrayList<>();

    private int stopAtMessage = Integer.MAX_VALUE;
    private boolean stopInside;

    private final MessageParser parser = new MessageParser(HEAD, new MessageParser.Listener() {
        @Override
        public boolean begun(char tag, ByteBuffer head, int position) {
            told.add("begun " + tag + head.remaining());
            return !(stopInside && told.size() / 2 + 1 == stopAtMessage);
        }

        @Override
        public boolean ended(char tag, ByteBuffer head) {
            told.add("ended " + tag + head.remaining());
            return stopInside || told.size() / 2 != stopAtMessage;
        }
    });

    @RepeatedTest(50)
    void messagesAreFoundInAnyPieces() {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        ByteArrayOutputStream stream = new ByteArrayOutputStream();
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            int payload = random.nextInt(3) == 0 ? random.nextInt(2000) : random.nextInt(40);
            char tag = (char) ('a' + random.nextInt(26));
            stream.writeBytes(message(tag, payload));
            expected.add("begun " + tag + Math.min(payload, HEAD));
            expected.add("ended " + tag + Math.min(payload, HEAD));
        }
        byte[] bytes = stream.toByteArray();
        for (int at = 0; at < bytes.length; ) {
            int piece = Math.min(bytes.length - at, 1 + random.nextInt(random.nextBoolean() ? 3 : 500));
            assertThat(parser.feed(Arrays.copyOfRange(bytes, at, at + piece), piece))
                    .isEqualTo(piece);
            at += piece;
        }
        assertThat(told).isEqualTo(expected);
    }

    @Test
    void theStreamCanBeStoppedBehindAMessage() {
        stopAtMessage = 1;
        byte[] two = twoMessages();
        assertThat(parser.feed(two, two.length)).isEqualTo(two.length / 2);
    }

    @Test
    void theStreamCanBeStoppedInsideAMessage() {
        stopAtMessage = 2;
        stopInside = true;
        byte[] two = twoMessages();
        assertThat(parser.feed(two, two.length)).isEqualTo(two.length / 2 + 5 + HEAD);
    }

    private static byte[] twoMessages() {
        return ByteBuffer.allocate(2 * 105)
                .put(message('d', 100))
                .put(message('d', 100))
                .array();
    }

    private static byte[] message(char tag, int payload) {
        return ByteBuffer.allocate(5 + payload)
                .put((byte) tag)
                .putInt(4 + payload)
                .array();
    }
}
