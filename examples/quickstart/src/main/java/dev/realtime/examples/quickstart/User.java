package dev.realtime.examples.quickstart;

import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import org.jspecify.annotations.Nullable;

/** Someone who orders. An ordinary entity: nothing in it knows of realtime. */
@Entity
@Table(name = "users")
public class User {

    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    private @Nullable Long id;

    private String name = "";
    private String email = "";

    /** For Hibernate. */
    protected User() {}

    User(String name, String email) {
        this.name = name;
        this.email = email;
    }

    public @Nullable Long getId() {
        return id;
    }

    public String getName() {
        return name;
    }

    @Override
    public String toString() {
        return "User " + id + ": name=" + name + ", email=" + email;
    }
}
