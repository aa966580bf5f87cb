package dev.realtime.hibernate.model;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.Table;

/** Names that need quotes, or lie in another schema, or are too long. */
public final class Names {

    private Names() {}

    @Entity(name = "Odd")
    @Table(name = "\"Odd Table\"", schema = "\"Odd Schema\"")
    public static class Odd {
        @Id
        @Column(name = "\"Id.With Dot\"")
        int id;

        @Column(name = "MixedCase")
        String mixedCase;

        @Column(name = "\"größe\"")
        String size;

        @ManyToOne
        @JoinColumn(name = "\"Parent Id\"")
        Odd parent;

        protected Odd() {}

        public Odd(int id, Odd parent) {
            this.id = id;
            this.parent = parent;
            mixedCase = "mixed";
            size = "gross";
        }
    }

    @Entity(name = "Elsewhere")
    @Table(name = "elsewhere", schema = "other")
    public static class Elsewhere {
        @Id
        int id;

        @Column(name = "a_column_whose_name_is_longer_than_the_sixty_three_bytes_that_postgresql_keeps")
        String longName;

        protected Elsewhere() {}

        public Elsewhere(int id) {
            this.id = id;
            longName = "long";
        }
    }
}
