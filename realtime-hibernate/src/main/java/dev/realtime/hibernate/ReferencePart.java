package dev.realtime.hibernate;

import org.jspecify.annotations.Nullable;

/** A to-one association: the foreign key's columns make the id, the id makes a reference. Thread-safe. */
final class ReferencePart implements Referring {

    private final String path;
    private final Part id;
    private final References references;

    /**
     * @param id the id of the entity referred to, read out of the foreign key's columns
     */
    ReferencePart(String path, Part id, References references) {
        this.path = path;
        this.id = id;
        this.references = references;
    }

    @Override
    public int[] columns() {
        return id.columns();
    }

    @Override
    public @Nullable Object read(Reading reading) {
        Object referred = id(reading);
        if (referred == null) {
            return null;
        }
        try {
            return references.to(referred);
        } catch (RuntimeException failure) {
            throw Failure.of(path + ": no reference to its entity can be made", failure);
        }
    }

    @Override
    public @Nullable Object id(Reading reading) {
        return id.read(reading);
    }
}
