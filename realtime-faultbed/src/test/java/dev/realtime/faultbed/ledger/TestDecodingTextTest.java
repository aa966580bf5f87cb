package dev.realtime.faultbed.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TestDecodingTextTest {

    @Test
    void anInsertTellsKeyAndContent() {
        assertThat(TestDecodingText.row(
                        "table public.ledger: INSERT: id[bigint]:7 tags[text[]]:'{\"a b\",c}' body[text]:'it''s id[x]:9'"
                                + " crc[integer]:-5",
                        3))
                .isEqualTo(new ReferenceRow(3, "public.ledger", Operation.INSERT, "7", null, -5));
    }

    @Test
    void anUpdateOfTheKeyTellsTheNewKey() {
        assertThat(TestDecodingText.row(
                        "table public.ledger: UPDATE: old-key: id[bigint]:1 new-tuple: id[bigint]:2"
                                + " body[text]:unchanged-toast-datum crc[integer]:5",
                        0))
                .isEqualTo(new ReferenceRow(0, "public.ledger", Operation.UPDATE, "2", "1", 5));
    }

    @Test
    void aDeleteTellsTheKeyOnly() {
        assertThat(TestDecodingText.row("table public.ledger: DELETE: id[uuid]:'a0ee' crc[integer]:1", 0))
                .isEqualTo(new ReferenceRow(0, "public.ledger", Operation.DELETE, "a0ee", null, null));
    }

    @Test
    void quotedNamesAndBitsAreRead() {
        assertThat(TestDecodingText.row(
                        "table public.\"Odd: one\": INSERT: \"a[1]\"[bit varying]:B'01' id[integer]:1", 0))
                .isEqualTo(new ReferenceRow(0, "public.\"Odd: one\"", Operation.INSERT, "1", null, null));
    }

    @Test
    void truncationsAreRowsAndMessagesAreNot() {
        assertThat(TestDecodingText.row("table public.ledger: TRUNCATE: (no-flags)", 4))
                .isEqualTo(new ReferenceRow(4, "public.ledger", Operation.TRUNCATE, "-", null, null));
        assertThat(TestDecodingText.row("message: transactional: 1 prefix: a, sz: 1 content:b", 0))
                .isNull();
    }
}
