package dev.realtime.hibernate;

import org.hibernate.context.spi.CurrentTenantIdentifierResolver;

/** Every session is the same tenant's. */
final class OneTenant implements CurrentTenantIdentifierResolver<String> {

    @Override
    public String resolveCurrentTenantIdentifier() {
        return "acme";
    }

    @Override
    public boolean validateExistingCurrentSessions() {
        return false;
    }
}
