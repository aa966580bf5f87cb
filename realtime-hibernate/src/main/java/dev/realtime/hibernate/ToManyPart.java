package dev.realtime.hibernate;

import org.hibernate.collection.spi.PersistentCollection;
import org.hibernate.persister.collection.CollectionPersister;
import org.jspecify.annotations.Nullable;

/**
 * A to-many attribute: no column of the entity's row says what is in it, so it is what Hibernate leaves where it has not
 * loaded it, an uninitialised collection. {@code merge} leaves the children of such a one alone. Thread-safe.
 */
final class ToManyPart implements Part {

    private static final int[] NONE = {};

    private final CollectionPersister collection;
    private final boolean byId;
    private final DetachedSession session;

    /**
     * @param byId whether its key is the owner's id
     * @throws Unreadable where the collection cannot be left uninitialised
     */
    ToManyPart(CollectionPersister collection, boolean byId, DetachedSession session) throws Unreadable {
        this.collection = collection;
        this.byId = byId;
        this.session = session;
        if (collection.isArray()) {
            throw new Unreadable("an array cannot be left uninitialised, and lies in a table of its own");
        }
        probe();
    }

    private void probe() throws Unreadable {
        try {
            uninitialised(null);
        } catch (RuntimeException unsuitable) {
            throw new Unreadable("its collection type cannot be left uninitialised ("
                    + unsuitable.getClass().getName() + ")");
        }
    }

    @Override
    public int[] columns() {
        return NONE;
    }

    @Override
    public Object read(Reading reading) {
        PersistentCollection<?> wrapper = uninitialised(byId ? reading.ownerId : null);
        if (reading.owner != null) {
            wrapper.setOwner(reading.owner);
        }
        return wrapper;
    }

    private PersistentCollection<?> uninitialised(@Nullable Object key) {
        PersistentCollection<?> wrapper =
                collection.getCollectionSemantics().instantiateWrapper(key, collection, session.session());
        wrapper.setSnapshot(key, collection.getRole(), null);
        session.detach(wrapper);
        return wrapper;
    }
}
