package dev.realtime.hibernate.model;

import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.Id;
import jakarta.persistence.Inheritance;
import jakarta.persistence.InheritanceType;
import jakarta.persistence.ManyToOne;

/** A hierarchy with a table for each class, which refers to itself. */
public final class Vessels {

    private Vessels() {}

    @Entity(name = "Vessel")
    @Inheritance(strategy = InheritanceType.TABLE_PER_CLASS)
    public abstract static class Vessel {
        @Id
        int id;

        String name;
    }

    @Entity(name = "Ship")
    public static class Ship extends Vessel {
        Integer masts;

        @ManyToOne(fetch = FetchType.LAZY)
        Vessel tows;
    }

    @Entity(name = "Boat")
    public static class Boat extends Vessel {
        boolean oars;
        String colour;
    }
}
