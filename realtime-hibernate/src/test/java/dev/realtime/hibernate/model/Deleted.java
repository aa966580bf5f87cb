package dev.realtime.hibernate.model;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Inheritance;
import jakarta.persistence.InheritanceType;
import java.time.Instant;
import org.hibernate.annotations.SQLDelete;
import org.hibernate.annotations.SQLRestriction;
import org.hibernate.annotations.SoftDelete;
import org.hibernate.annotations.SoftDeleteType;
import org.hibernate.type.TrueFalseConverter;
import org.hibernate.type.YesNoConverter;

/** Entities whose rows are marked as deleted. */
public final class Deleted {

    private Deleted() {}

    @Entity(name = "ByFlag")
    @SoftDelete
    public static class ByFlag {
        @Id
        public int id;

        public String name;

        protected ByFlag() {}

        public ByFlag(int id, String name) {
            this.id = id;
            this.name = name;
        }
    }

    @Entity(name = "ByActive")
    @SoftDelete(strategy = SoftDeleteType.ACTIVE, columnName = "is_active", converter = YesNoConverter.class)
    public static class ByActive {
        @Id
        public int id;

        protected ByActive() {}

        public ByActive(int id) {
            this.id = id;
        }
    }

    @Entity(name = "ByLetter")
    @SoftDelete(converter = TrueFalseConverter.class)
    public static class ByLetter {
        @Id
        public int id;

        protected ByLetter() {}

        public ByLetter(int id) {
            this.id = id;
        }
    }

    @Entity(name = "ByAttribute")
    @SQLDelete(sql = "update byattribute set deletedat = now() where id = ?")
    @SQLRestriction("deletedat is null")
    public static class ByAttribute {
        @Id
        public int id;

        public Instant deletedAt;

        protected ByAttribute() {}

        public ByAttribute(int id) {
            this.id = id;
        }
    }

    @Entity(name = "Rooted")
    @SoftDelete
    @Inheritance(strategy = InheritanceType.SINGLE_TABLE)
    public abstract static class Rooted {
        @Id
        public int id;
    }

    @Entity(name = "Leafed")
    public static class Leafed extends Rooted {
        protected Leafed() {}

        public Leafed(int id) {
            this.id = id;
        }
    }
}
