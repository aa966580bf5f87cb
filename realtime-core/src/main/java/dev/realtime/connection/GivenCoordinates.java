package dev.realtime.connection;

import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Coordinates that the application wrote down, with a password from its vault. Thread-safe as far as the vault is. */
final class GivenCoordinates implements Coordinates {

    private final String url;
    private final @Nullable String user;
    private final Supplier<? extends @Nullable String> password;

    GivenCoordinates(String url, @Nullable String user, Supplier<? extends @Nullable String> password) {
        this.url = Objects.requireNonNull(url, "url");
        this.user = user;
        this.password = Objects.requireNonNull(password, "password");
    }

    @Override
    public String url() {
        return url;
    }

    @Override
    public @Nullable String user() {
        return user;
    }

    @Override
    public @Nullable String password() {
        return password.get();
    }

    /** Host and database only: parameters may hold a password, and so may what stands before an {@code @}. */
    @Override
    public String toString() {
        int parameters = url.indexOf('?');
        String place = parameters < 0 ? url : url.substring(0, parameters);
        int at = place.lastIndexOf('@');
        String shown = at < 0 ? place : "jdbc:postgresql://" + place.substring(at + 1);
        return user == null ? shown : shown + " as " + user;
    }
}
