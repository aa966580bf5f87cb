package dev.realtime.hibernate;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.metamodel.spi.EmbeddableInstantiator;
import org.hibernate.metamodel.spi.EntityInstantiator;
import org.hibernate.metamodel.spi.ValueAccess;
import org.jspecify.annotations.Nullable;

/**
 * Calls Hibernate's instantiators, whose methods took the SessionFactory in 6.6 and lost it in 7.0: the only two that
 * this module calls and that differ. Thread-safe.
 */
final class Instantiation {

    private static final MethodHandle ENTITY = find(EntityInstantiator.class, MethodType.methodType(Object.class));
    private static final MethodHandle EMBEDDABLE =
            find(EmbeddableInstantiator.class, MethodType.methodType(Object.class, ValueAccess.class));

    private Instantiation() {}

    static Object entity(EntityInstantiator instantiator, SessionFactoryImplementor factory) {
        try {
            return (Object) ENTITY.invokeExact(instantiator, factory);
        } catch (RuntimeException | Error failure) {
            throw failure;
        } catch (Throwable impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    static Object embeddable(
            EmbeddableInstantiator instantiator, @Nullable Object[] values, SessionFactoryImplementor factory) {
        ValueAccess access = () -> values;
        try {
            return (Object) EMBEDDABLE.invokeExact(instantiator, access, factory);
        } catch (RuntimeException | Error failure) {
            throw failure;
        } catch (Throwable impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static MethodHandle find(Class<?> instantiator, MethodType since7) {
        MethodHandles.Lookup lookup = MethodHandles.publicLookup();
        int last = since7.parameterCount() + 1; // after the receiver
        try {
            MethodHandle found = lookup.findVirtual(instantiator, "instantiate", since7);
            return MethodHandles.dropArguments(found, last, SessionFactoryImplementor.class);
        } catch (NoSuchMethodException before7) {
            try {
                MethodType type = since7.appendParameterTypes(SessionFactoryImplementor.class);
                return lookup.findVirtual(instantiator, "instantiate", type);
            } catch (ReflectiveOperationException unsupported) {
                throw new ExceptionInInitializerError(unsupported);
            }
        } catch (IllegalAccessException unsupported) {
            throw new ExceptionInInitializerError(unsupported);
        }
    }
}
