package dev.realtime.hibernate.model;

import jakarta.persistence.ElementCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.Id;
import jakarta.persistence.ManyToOne;
import java.time.LocalDateTime;
import java.util.HashSet;
import java.util.Set;
import org.hibernate.annotations.NotFound;
import org.hibernate.annotations.NotFoundAction;
import org.hibernate.annotations.SQLRestriction;

/** Entities of which a query makes something else than their rows say. */
public final class Differing {

    private Differing() {}

    @Entity(name = "Restricted")
    @SQLRestriction("hidden = false")
    public static class Restricted {
        @Id
        public int id;

        public boolean hidden;
    }

    @Entity(name = "Pointing")
    public static class Pointing {
        @Id
        public int id;

        @ManyToOne
        @NotFound(action = NotFoundAction.IGNORE)
        public Restricted target;

        @ManyToOne(fetch = FetchType.EAGER)
        public Pointing eager;

        @ElementCollection(fetch = FetchType.EAGER)
        public Set<String> words = new HashSet<>();
    }

    @Entity(name = "Local")
    public static class Local {
        @Id
        public int id;

        public LocalDateTime moment;
    }
}
