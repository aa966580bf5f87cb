package dev.realtime.hibernate.model;

import jakarta.persistence.CascadeType;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.ManyToOne;

/** Classes that a proxy cannot extend, and references to them. */
public final class Closed {

    private Closed() {}

    @Entity(name = "Hidden")
    public static class Hidden {
        @Id
        int id;

        String secret;

        private Hidden() {}

        public static Hidden of(int id) {
            Hidden hidden = new Hidden();
            hidden.id = id;
            hidden.secret = "s";
            return hidden;
        }

        public int getId() {
            return id;
        }
    }

    @Entity(name = "Sealed")
    public static final class Sealed {
        @Id
        int id;

        String secret;

        protected Sealed() {}

        public Sealed(int id) {
            this.id = id;
            secret = "s";
        }

        public int getId() {
            return id;
        }
    }

    @Entity(name = "Keeper")
    public static class Keeper {
        @Id
        int id;

        @ManyToOne
        Hidden hidden;

        @ManyToOne
        Sealed sealed;

        @ManyToOne(cascade = CascadeType.MERGE)
        Hidden cascading;

        protected Keeper() {}

        public Keeper(int id, Hidden hidden, Sealed sealed) {
            this.id = id;
            this.hidden = hidden;
            this.sealed = sealed;
            this.cascading = hidden;
        }

        public Hidden getHidden() {
            return hidden;
        }

        public Sealed getSealed() {
            return sealed;
        }
    }
}
