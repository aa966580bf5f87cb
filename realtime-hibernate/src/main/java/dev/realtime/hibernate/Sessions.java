package dev.realtime.hibernate;

import java.util.UUID;
import org.hibernate.SessionFactory;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.engine.spi.SessionImplementor;
import org.hibernate.type.descriptor.java.JavaType;

/**
 * Opens sessions that read values and never ask the database, so that they take no connection. Where the factory serves
 * many tenants, a session must have one: any, for nothing is read by it. Thread-safe.
 */
final class Sessions {

    /** {@code org.hibernate.binder.internal.TenantIdBinder.FILTER_NAME}: what {@code @TenantId} defines. */
    private static final String TENANT_FILTER = "_tenantId";

    private Sessions() {}

    static SessionImplementor open(SessionFactoryImplementor factory) {
        boolean tenants = factory.getSessionFactoryOptions().isMultiTenancyEnabled()
                || factory.getDefinedFilterNames().contains(TENANT_FILTER);
        if (!tenants) {
            return factory.openTemporarySession();
        }
        SessionFactory plain = factory; // whose builder is the same type in every version
        return (SessionImplementor) plain.withOptions()
                .tenantIdentifier(anyTenant(factory.getTenantIdentifierJavaType()))
                .autoJoinTransactions(false)
                .openSession();
    }

    private static Object anyTenant(JavaType<Object> type) {
        Class<?> tenant = type.getJavaTypeClass();
        if (tenant.isEnum()) {
            return tenant.getEnumConstants()[0];
        }
        return type.fromString(tenant == UUID.class ? new UUID(0, 0).toString() : "0");
    }
}
