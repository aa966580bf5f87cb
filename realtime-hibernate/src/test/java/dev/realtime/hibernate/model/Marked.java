package dev.realtime.hibernate.model;

import jakarta.persistence.Access;
import jakarta.persistence.AccessType;
import jakarta.persistence.Basic;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.Id;
import jakarta.persistence.Transient;
import jakarta.persistence.Version;
import java.time.Instant;
import java.time.LocalDateTime;
import org.hibernate.annotations.ColumnDefault;
import org.hibernate.annotations.CreationTimestamp;
import org.hibernate.annotations.CurrentTimestamp;
import org.hibernate.annotations.DynamicInsert;
import org.hibernate.annotations.DynamicUpdate;
import org.hibernate.annotations.Generated;
import org.hibernate.annotations.Immutable;
import org.hibernate.annotations.NaturalId;
import org.hibernate.annotations.OptimisticLock;
import org.hibernate.annotations.OptimisticLockType;
import org.hibernate.annotations.OptimisticLocking;
import org.hibernate.annotations.TenantId;
import org.hibernate.annotations.UpdateTimestamp;
import org.hibernate.generator.EventType;

/** Entities whose attributes carry a mark that changes how they are written. */
public final class Marked {

    private Marked() {}

    @Entity(name = "VersionedByLong")
    public static class ByLong {
        @Id
        int id;

        @Version
        Long version;

        String name;

        @OptimisticLock(excluded = true)
        String unlocked;
    }

    @Entity(name = "VersionedByTime")
    public static class ByTime {
        @Id
        int id;

        @Version
        Instant version;

        String name;
    }

    @Entity(name = "VersionedByShort")
    public static class ByShort {
        @Id
        int id;

        @Version
        short version;

        String name;
    }

    @Entity(name = "VersionedByAll")
    @OptimisticLocking(type = OptimisticLockType.ALL)
    @DynamicUpdate
    public static class ByAll {
        @Id
        int id;

        String name;
        Integer number;
    }

    @Entity(name = "Tenanted")
    public static class Tenanted {
        @Id
        int id;

        @TenantId
        String tenant;

        String name;
    }

    @Entity(name = "NaturallyKnown")
    public static class NaturallyKnown {
        @Id
        int id;

        @NaturalId(mutable = true)
        String code;

        String name;
    }

    @Entity(name = "Generated")
    @DynamicInsert
    public static class GeneratedByServer {
        @Id
        int id;

        @Generated(event = EventType.INSERT)
        @ColumnDefault("'by default'")
        String byDefault;

        @Generated
        @Column(columnDefinition = "int default 7")
        Integer seven;

        @CurrentTimestamp
        Instant now;

        String name;
    }

    @Entity(name = "Stamped")
    public static class Stamped {
        @Id
        int id;

        @CreationTimestamp
        Instant created;

        @UpdateTimestamp
        LocalDateTime updated;

        String name;
    }

    @Entity(name = "Carved")
    @Immutable
    public static class Carved {
        @Id
        int id;

        String name;
        Integer number;
    }

    @Entity(name = "Fixed")
    public static class Fixed {
        @Id
        int id;

        @Column(updatable = false)
        String once;

        @Column(insertable = false)
        String later;

        String name;
    }

    /** Some attributes by field, some by property. */
    @Entity(name = "MixedAccess")
    @Access(AccessType.FIELD)
    public static class MixedAccess {
        @Id
        int id;

        String byField;

        @Transient
        String doubled;

        @Access(AccessType.PROPERTY)
        public String getByProperty() {
            return doubled == null ? null : doubled.substring(doubled.length() / 2);
        }

        public void setByProperty(String value) {
            doubled = value == null ? null : value + value;
        }
    }

    /** Hibernate sets a final field too. */
    @Entity(name = "WithFinal")
    public static class WithFinal {
        @Id
        int id;

        final String unchanging;

        String name;

        protected WithFinal() {
            unchanging = null;
        }
    }

    /** Lazy in name only: without enhancement an attribute is there from the start. */
    @Entity(name = "LazyInName")
    public static class LazyInName {
        @Id
        int id;

        @Basic(fetch = FetchType.LAZY)
        String text;

        String name;
    }
}
