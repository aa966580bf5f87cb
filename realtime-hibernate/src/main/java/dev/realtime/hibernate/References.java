package dev.realtime.hibernate;

import java.lang.reflect.Constructor;
import java.lang.reflect.Modifier;
import org.hibernate.bytecode.enhance.spi.interceptor.BytecodeLazyAttributeInterceptor;
import org.hibernate.engine.spi.EntityKey;
import org.hibernate.engine.spi.PersistentAttributeInterceptable;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.metamodel.mapping.internal.SingleAttributeIdentifierMapping;
import org.hibernate.persister.entity.EntityPersister;
import org.hibernate.property.access.spi.Setter;

/**
 * Makes references to an entity that know its id and nothing else, each as Hibernate itself leaves a detached one: a
 * proxy; an enhanced instance that loads lazily; or, where the class allows neither, an instance with nothing but the id.
 * Thread-safe.
 */
@FunctionalInterface
interface References {

    Object to(Object id);

    /**
     * The way that the class of the entity allows.
     *
     * @param mayStub whether an instance with nothing but the id may stand for the entity: not where {@code merge}
     *     cascades to it and would write its empty attributes
     * @throws Unreadable where there is none
     */
    static References of(EntityPersister target, boolean mayStub, DetachedSession session) throws Unreadable {
        if (target.hasProxy() && isExtensible(target.getMappedClass())) {
            return id -> target.createProxy(id, null);
        }
        String name = target.getEntityName();
        if (Modifier.isAbstract(target.getMappedClass().getModifiers())) {
            throw new Unreadable("no reference can be made to " + name + ", which is abstract and has no proxy");
        }
        if (!(target.getIdentifierMapping() instanceof SingleAttributeIdentifierMapping id)) {
            throw new Unreadable(
                    "no reference can be made to " + name + ", which has no proxy and an id of several parts");
        }
        Setter setter = id.getPropertyAccess().getSetter();
        SessionFactoryImplementor factory = target.getFactory();
        if (target.getBytecodeEnhancementMetadata().isEnhancedForLazyLoading()) {
            return referred -> lazy(target, instance(target, setter, referred, factory), referred, session);
        }
        if (!mayStub) {
            throw new Unreadable("merge cascades to it, and " + name + " allows no proxy");
        }
        return referred -> instance(target, setter, referred, factory);
    }

    private static Object instance(
            EntityPersister target, Setter setter, Object id, SessionFactoryImplementor factory) {
        Object instance =
                Instantiation.entity(target.getRepresentationStrategy().getInstantiator(), factory);
        if (instance instanceof PersistentAttributeInterceptable enhanced) {
            enhanced.$$_hibernate_setInterceptor(null);
        }
        setter.set(instance, id);
        return instance;
    }

    private static Object lazy(EntityPersister target, Object instance, Object id, DetachedSession session) {
        PersistentAttributeInterceptable enhanced = (PersistentAttributeInterceptable) instance;
        target.getBytecodeEnhancementMetadata()
                .injectEnhancedEntityAsProxyInterceptor(instance, new EntityKey(id, target), session.session());
        if (enhanced.$$_hibernate_getInterceptor() instanceof BytecodeLazyAttributeInterceptor interceptor) {
            DetachedSession.detach(interceptor);
        }
        return instance;
    }

    /** A proxy is a subclass, and calls the constructor without parameters: Hibernate logs an error where it cannot. */
    private static boolean isExtensible(Class<?> type) {
        if (type.isInterface()) {
            return true;
        }
        for (Constructor<?> constructor : type.getDeclaredConstructors()) {
            if (constructor.getParameterCount() == 0) {
                return !Modifier.isPrivate(constructor.getModifiers());
            }
        }
        return false;
    }
}
