package dev.realtime.hibernate.model;

import java.io.Serializable;

/** Three numbers in one column. */
public record Version3(int major, int minor, int patch) implements Serializable {

    public static Version3 parse(String text) {
        String[] parts = text.split("\\.");
        return new Version3(Integer.parseInt(parts[0]), Integer.parseInt(parts[1]), Integer.parseInt(parts[2]));
    }

    @Override
    public String toString() {
        return major + "." + minor + "." + patch;
    }
}
