package dev.realtime.hibernate;

import org.hibernate.bytecode.enhance.spi.interceptor.BytecodeLazyAttributeInterceptor;
import org.hibernate.collection.spi.PersistentCollection;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.engine.spi.SharedSessionContractImplementor;

/**
 * A session that was closed at once and never had a connection. Hibernate 7 wants one to construct what it leaves
 * uninitialised; taken away again, what remains is as it is after any session's end. Thread-safe.
 */
final class DetachedSession {

    private final SharedSessionContractImplementor session;

    DetachedSession(SessionFactoryImplementor factory) {
        this.session = Sessions.open(factory);
        session.close();
    }

    SharedSessionContractImplementor session() {
        return session;
    }

    void detach(PersistentCollection<?> collection) {
        collection.unsetSession(session);
    }

    static void detach(BytecodeLazyAttributeInterceptor interceptor) {
        interceptor.unsetSession();
    }
}
