package dev.realtime.internal.live;

import static dev.realtime.internal.pgoutput.MessageBytes.relation;

import dev.realtime.event.Delete;
import dev.realtime.event.Insert;
import dev.realtime.event.Lagged;
import dev.realtime.event.LiveEvent;
import dev.realtime.event.LiveItem;
import dev.realtime.event.RealtimeEvent;
import dev.realtime.event.Update;
import dev.realtime.internal.binding.Bindings;
import dev.realtime.internal.binding.BoundChange;
import dev.realtime.internal.binding.RegisteredEntity;
import dev.realtime.internal.pgoutput.MessageBytes;
import dev.realtime.internal.pgoutput.PgOutputMessage;
import dev.realtime.internal.pgoutput.Relation;
import dev.realtime.internal.transaction.RowChange;
import dev.realtime.internal.transaction.Transaction;
import dev.realtime.mapping.TableName;
import dev.realtime.support.PlainMapping;
import dev.realtime.type.TypeCatalog;
import dev.realtime.type.TypeRegistry;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** An entity of the tests, and the changes of its table as the reader would bind them. */
final class Page {

    @Nullable
    String key;

    @Nullable
    String title;

    @Nullable
    String text;

    /** Makes changes; each is a transaction of its own. */
    static final class Table {

        private final Relation relation;
        private final Bindings bindings;
        private long commit = 100;

        /** With a REPLICA IDENTITY as the protocol spells it. */
        Table(char identity) {
            relation = relation(7, "page", identity, "key", "title", "text");
            PlainMapping<Page> mapping = PlainMapping.of(Page.class, Page::new, "public", "page")
                    .id("key", "key", String.class, (page, value) -> page.key = value)
                    .with("title", "title", String.class, (page, value) -> {
                        if (value.equals("poison")) {
                            throw new IllegalStateException("planted");
                        }
                        page.title = value;
                    })
                    .with("text", "text", String.class, (page, value) -> page.text = value);
            bindings = new Bindings(
                    List.of(new RegisteredEntity<>(0, mapping, new TableName("public", "page"), 7)),
                    TypeRegistry.standard(),
                    TypeCatalog.builtIn());
            bindings.sessionStarted("7000");
            bindings.bind(relation);
        }

        private BoundChange<?> change(PgOutputMessage message) {
            commit += 10;
            RowChange change = new RowChange(new Transaction(commit, 0, 1, false), 0, relation, message);
            return new BoundChange<>(bindings.of(change).get(0), change);
        }

        BoundChange<?> insert(String key, String title) {
            return change(MessageBytes.insert(7, key, title, "text of " + title));
        }

        /** As under DEFAULT: nothing of the old row. */
        BoundChange<?> update(String key, String title, String text) {
            return change(MessageBytes.of('U')
                    .int32(7)
                    .int8('N')
                    .tuple(key, title, text)
                    .decoded());
        }

        BoundChange<?> update(String key, String title) {
            return update(key, title, "text of " + title);
        }

        /** As under FULL. */
        BoundChange<?> update(String oldKey, String oldTitle, String key, String title) {
            return change(MessageBytes.of('U')
                    .int32(7)
                    .int8('O')
                    .tuple(oldKey, oldTitle, "text of " + oldTitle)
                    .int8('N')
                    .tuple(key, title, "text of " + title)
                    .decoded());
        }

        BoundChange<?> delete(String key, String title) {
            return change(MessageBytes.of('D')
                    .int32(7)
                    .int8('O')
                    .tuple(key, title, "text of " + title)
                    .decoded());
        }

        BoundChange<?> truncate() {
            return change(MessageBytes.of('T').int32(1).int8(0).int32(7).decoded());
        }
    }

    /** Such as {@code insert a=x; lagged 3; update a=y was z (2)}: the number of coalesced changes in parentheses. */
    static String inWords(List<LiveItem<Page>> items) {
        return items.stream().map(Page::inWords).collect(Collectors.joining("; "));
    }

    static String inWords(LiveItem<Page> item) {
        if (item instanceof Lagged<Page> lagged) {
            return "lagged " + lagged.count();
        }
        if (item instanceof LiveEvent<Page> live) {
            return inWords(live.event()) + (live.coalesced() == 0 ? "" : " (" + live.coalesced() + ")");
        }
        return "undecodable";
    }

    private static String inWords(RealtimeEvent<Page> event) {
        if (event instanceof Insert<Page> insert) {
            return "insert " + insert.id() + "=" + insert.after().title;
        }
        if (event instanceof Update<Page> update) {
            return "update " + update.id() + "=" + update.after().title
                    + update.oldId().map(id -> " from " + id).orElse("")
                    + update.before().map(page -> " was " + page.title).orElse("")
                    + (update.changes().isKnown() ? " changing " + update.changes() : "")
                    + (update.unavailable().isEmpty() ? "" : " without " + update.unavailable());
        }
        if (event instanceof Delete<Page> delete) {
            return "delete " + delete.id()
                    + delete.before().map(page -> " was " + page.title).orElse("");
        }
        return "truncate";
    }
}
