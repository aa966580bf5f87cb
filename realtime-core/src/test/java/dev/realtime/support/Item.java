package dev.realtime.support;

import org.jspecify.annotations.Nullable;

/** An entity of the tests: {@code (id bigint, code int, name text, body text)}. */
public final class Item {

    public @Nullable Long id;
    public @Nullable Integer code;
    public @Nullable String name;
    public @Nullable String body;

    /** The columns of its table, for CREATE TABLE. */
    public static final String COLUMNS = "(id bigint PRIMARY KEY, code int NOT NULL, name text, body text)";

    public static PlainMapping<Item> mapping(String schema, String table) {
        return PlainMapping.of(Item.class, Item::new, schema, table)
                .id("id", "id", Long.class, (item, value) -> item.id = value)
                .with("code", "code", Integer.class, (item, value) -> item.code = value)
                .with("name", "name", String.class, (item, value) -> item.name = value)
                .with("body", "body", String.class, (item, value) -> item.body = value);
    }

    @Override
    public String toString() {
        return id + "/" + code + "/" + name + "/"
                + (body == null || body.length() < 20 ? body : body.length() + " chars");
    }
}
