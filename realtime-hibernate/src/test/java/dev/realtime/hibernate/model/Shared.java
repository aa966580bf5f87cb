package dev.realtime.hibernate.model;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.util.Objects;

/** Two entities of one table, and one of a table with partitions. */
public final class Shared {

    private Shared() {}

    @Entity(name = "Full")
    @Table(name = "shared")
    public static class Full {
        @Id
        public int id;

        public String name;

        public String note;
    }

    @Entity(name = "Brief")
    @Table(name = "shared")
    public static class Brief {
        @Id
        public int id;

        public String name;
    }

    public static class MeasureId implements Serializable {
        private static final long serialVersionUID = 1L;

        public int id;

        public String region;

        @Override
        public boolean equals(Object other) {
            return other instanceof MeasureId key && key.id == id && Objects.equals(key.region, region);
        }

        @Override
        public int hashCode() {
            return id;
        }

        @Override
        public String toString() {
            return id + region;
        }
    }

    @Entity(name = "Measure")
    @Table(name = "measure")
    @IdClass(MeasureId.class)
    public static class Measure {
        @Id
        public int id;

        @Id
        public String region;

        @Column(name = "amount")
        public int value;

        protected Measure() {}

        public Measure(int id, String region, int value) {
            this.id = id;
            this.region = region;
            this.value = value;
        }
    }
}
