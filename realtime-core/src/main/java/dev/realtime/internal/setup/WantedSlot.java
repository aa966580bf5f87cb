package dev.realtime.internal.setup;

import dev.realtime.error.ConfigurationException;
import dev.realtime.setup.SlotPolicy;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * A durable slot that is asked for. Immutable.
 *
 * @param name one to 63 lower-case letters, digits and underscores: all that PostgreSQL allows (manual, section 26.2.6.1)
 * @param policy whether it may be created
 */
public record WantedSlot(String name, SlotPolicy policy) {

    private static final Pattern ALLOWED = Pattern.compile("[a-z0-9_]{1,63}");

    /**
     * A wanted slot.
     *
     * @throws ConfigurationException where PostgreSQL does not allow the name
     */
    public WantedSlot {
        Objects.requireNonNull(policy, "policy");
        if (!ALLOWED.matcher(name).matches()) {
            throw new ConfigurationException(
                    "\"" + name + "\" cannot be the name of a replication slot: PostgreSQL allows"
                            + " 1 to 63 lower-case letters, digits and underscores");
        }
    }
}
