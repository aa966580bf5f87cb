package dev.realtime.internal.pgoutput;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is encoded is, byte for byte, what the server sent. */
class PgOutputEncoderTest {

    static Stream<MessageBytes> messages() {
        return Stream.of(
                MessageBytes.of('R')
                        .int32(0xFFFF_FFFE)
                        .string("größer")
                        .string("Order")
                        .int8('i')
                        .int16(2)
                        .int8(1)
                        .string("id")
                        .int32(20)
                        .int32(-1)
                        .int8(0)
                        .string("name")
                        .int32(1043)
                        .int32(84),
                MessageBytes.of('R').int32(7).string("s").string("t").int8('f').int16(0),
                MessageBytes.of('R').int32(7).string("s").string("t").int8('n').int16(0),
                MessageBytes.of('R').int32(7).string("s").string("t").int8('d').int16(0),
                MessageBytes.of('I').int32(7).int8('N').tuple("1", null, MessageBytes.UNCHANGED, "größer", ""),
                MessageBytes.of('I').int32(7).int8('N').tuple(),
                MessageBytes.of('U').int32(7).int8('N').tuple("1", "b"),
                MessageBytes.of('U')
                        .int32(7)
                        .int8('K')
                        .tuple("1", null)
                        .int8('N')
                        .tuple("2", "b"),
                MessageBytes.of('U')
                        .int32(7)
                        .int8('O')
                        .tuple("1", "a")
                        .int8('N')
                        .tuple("1", MessageBytes.UNCHANGED),
                MessageBytes.of('D').int32(7).int8('K').tuple("1", null),
                MessageBytes.of('D').int32(7).int8('O').tuple("1", "a"),
                MessageBytes.of('T').int32(2).int8(3).int32(7).int32(8));
    }

    @ParameterizedTest
    @MethodSource("messages")
    void a_message_that_was_decoded_becomes_the_same_bytes(MessageBytes bytes) {
        assertThat(PgOutputEncoder.encode(bytes.decoded())).isEqualTo(bytes.bytes());
    }

    @Test
    void what_changes_no_table_is_refused() {
        assertThatThrownBy(() -> PgOutputEncoder.encode(MessageBytes.begin(1, 2)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Begin");
    }
}
