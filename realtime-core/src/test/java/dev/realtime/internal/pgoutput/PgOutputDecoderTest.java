package dev.realtime.internal.pgoutput;

import static dev.realtime.internal.pgoutput.MessageBytes.UNCHANGED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.realtime.error.ProtocolException;
import dev.realtime.wal.Lsn;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PgOutputDecoderTest {

    private static MessageBytes message(char type) {
        return MessageBytes.of(type);
    }

    /** One of every kind, in all their forms. */
    static Stream<Arguments> messages() {
        return Stream.of(
                Arguments.of("Begin", message('B').int64(-2).int64(5_000_000).int32(-1)),
                Arguments.of(
                        "Commit",
                        message('C')
                                .int8(0)
                                .int64(0x16B374D848L)
                                .int64(0x16B374D878L)
                                .int64(-7)),
                Arguments.of("Origin", message('O').int64(1).string("other")),
                Arguments.of(
                        "Relation",
                        message('R')
                                .int32(-5)
                                .string("Weird \"S")
                                .string("tÄble")
                                .int8('d')
                                .int16(2)
                                .int8(1)
                                .string("id")
                                .int32(20)
                                .int32(-1)
                                .int8(0)
                                .string("Col \"x")
                                .int32(1043)
                                .int32(259)),
                Arguments.of(
                        "Relation",
                        message('R')
                                .int32(1)
                                .string("")
                                .string("pg_x")
                                .int8('n')
                                .int16(0)),
                Arguments.of("Type", message('Y').int32(16_400).string("public").string("mood")),
                Arguments.of("Insert", message('I').int32(7).int8('N').tuple("1", null, "", UNCHANGED)),
                Arguments.of("Update", message('U').int32(7).int8('N').tuple("1")),
                Arguments.of(
                        "Update",
                        message('U')
                                .int32(7)
                                .int8('K')
                                .tuple("1", null)
                                .int8('N')
                                .tuple("2", "x")),
                Arguments.of(
                        "Update",
                        message('U')
                                .int32(7)
                                .int8('O')
                                .tuple("1", null)
                                .int8('N')
                                .tuple("1", "x")),
                Arguments.of("Delete", message('D').int32(7).int8('K').tuple("1", null)),
                Arguments.of("Delete", message('D').int32(7).int8('O').tuple("1", "x")),
                Arguments.of("Truncate", message('T').int32(2).int8(3).int32(7).int32(-8)),
                Arguments.of(
                        "Message",
                        message('M').int8(1).int64(9).string("prefix").int32(2).int16(0x6869)));
    }

    @ParameterizedTest
    @MethodSource("messages")
    void every_truncation_is_a_protocol_error_with_type_and_position(String type, MessageBytes message) {
        byte[] whole = message.bytes();
        assertThat(MessageBytes.decode(whole)).isNotNull();

        for (int length = 1; length < whole.length; length++) {
            byte[] truncated = Arrays.copyOf(whole, length);
            assertThatExceptionOfType(ProtocolException.class)
                    .as("%s cut to %d of %d bytes", type, length, whole.length)
                    .isThrownBy(() -> MessageBytes.decode(truncated))
                    .satisfies(e -> {
                        assertThat(e.messageType()).isEqualTo(type);
                        assertThat(e.lsn()).isEqualTo(Lsn.parse("16/B374D848"));
                        assertThat(e).hasMessageContaining(type).hasMessageContaining("16/B374D848");
                    });
        }
    }

    @ParameterizedTest
    @MethodSource("messages")
    void bytes_left_over_are_a_protocol_error(String type, MessageBytes message) {
        byte[] longer = message.int8(0).bytes();

        assertThatExceptionOfType(ProtocolException.class)
                .isThrownBy(() -> MessageBytes.decode(longer))
                .withMessageContaining(type);
    }

    @Test
    void random_bytes_are_a_message_or_a_protocol_error() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        List<byte[]> wholes = messages()
                .map(arguments -> ((MessageBytes) arguments.get()[1]).bytes())
                .toList();
        int refused = 0;
        for (int i = 0; i < 200_000; i++) {
            byte[] bytes = wholes.get(random.nextInt(wholes.size())).clone();
            for (int flips = random.nextInt(4); flips >= 0; flips--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            try {
                MessageBytes.decode(bytes);
            } catch (ProtocolException e) {
                refused++;
            } catch (RuntimeException | Error e) {
                throw new AssertionError("seed " + seed + ", turn " + i, e);
            }
        }
        assertThat(refused).as("seed %d", seed).isBetween(1, 199_999);
    }

    @Test
    void an_empty_message_is_a_protocol_error() {
        assertThatExceptionOfType(ProtocolException.class).isThrownBy(() -> MessageBytes.decode(new byte[0]));
    }

    @Test
    void messages_of_later_protocol_versions_are_a_protocol_error() {
        for (char type : "SEcAbPKrp\0z".toCharArray()) {
            assertThatExceptionOfType(ProtocolException.class)
                    .isThrownBy(() -> message(type).int32(1).decoded())
                    .withMessageContaining("0x" + Integer.toHexString(type));
        }
    }

    @Test
    void begin_and_commit_carry_unsigned_positions() {
        assertThat(message('B').int64(-2).int64(5_000_000).int32(-1).decoded()).isEqualTo(new Begin(-2, 5_000_000, -1));
        assertThat(message('C').int8(0).int64(1).int64(2).int64(3).decoded()).isEqualTo(new Commit(1, 2, 3));
    }

    @Test
    void a_relation_has_its_columns_as_they_are_named() {
        Relation relation = (Relation) message('R')
                .int32(-5)
                .string("Weird \"S")
                .string("tÄble")
                .int8('i')
                .int16(1)
                .int8(1)
                .string("Col \"x")
                .int32(1043)
                .int32(259)
                .decoded();

        assertThat(relation)
                .isEqualTo(new Relation(
                        -5,
                        "Weird \"S",
                        "tÄble",
                        ReplicaIdentity.INDEX,
                        List.of(new RelationColumn(true, "Col \"x", 1043, 259))));
    }

    @Test
    void an_empty_schema_is_pg_catalog() {
        assertThat(message('Y').int32(20).string("").string("int8").decoded())
                .isEqualTo(new TypeMessage(20, "pg_catalog", "int8"));
    }

    @Test
    void a_tuple_tells_null_from_unchanged_from_empty() {
        Tuple tuple = ((InsertMessage) message('I')
                        .int32(7)
                        .int8('N')
                        .tuple("häl", null, "", UNCHANGED)
                        .decoded())
                .after();

        assertThat(tuple.columnCount()).isEqualTo(4);
        assertThat(text(tuple, 0)).isEqualTo("häl");
        assertThat(tuple.isNull(1)).isTrue();
        assertThat(tuple.isNull(2)).isFalse();
        assertThat(text(tuple, 2)).isEmpty();
        assertThat(tuple.isUnchanged(3)).isTrue();
        assertThat(tuple.isNull(3)).isFalse();
        assertThat(tuple.size()).isEqualTo(5 + 4 + 1 + 5 + 1);
    }

    @Test
    void an_old_key_is_told_from_an_old_row() {
        UpdateMessage key = (UpdateMessage) message('U')
                .int32(7)
                .int8('K')
                .tuple("1", null)
                .int8('N')
                .tuple("2", "x")
                .decoded();
        DeleteMessage row =
                (DeleteMessage) message('D').int32(7).int8('O').tuple("1", "x").decoded();

        assertThat(key.before()).isNotNull();
        assertThat(key.before().whole()).isFalse();
        assertThat(row.before().whole()).isTrue();
    }

    @Test
    void counts_that_cannot_be_are_refused_before_anything_is_allocated_for_them() {
        assertThatExceptionOfType(ProtocolException.class)
                .isThrownBy(() -> message('T').int32(Integer.MAX_VALUE).int8(0).decoded());
        assertThatExceptionOfType(ProtocolException.class)
                .isThrownBy(() -> message('I').int32(1).int8('N').int16(-1).decoded());
        assertThatExceptionOfType(ProtocolException.class)
                .isThrownBy(
                        () -> message('M').int8(0).int64(0).string("").int32(-1).decoded());
    }

    private static String text(Tuple tuple, int column) {
        return new String(tuple.bytes(), tuple.offset(column), tuple.length(column), StandardCharsets.UTF_8);
    }
}
