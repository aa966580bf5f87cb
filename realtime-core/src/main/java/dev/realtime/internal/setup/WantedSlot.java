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
 * @param failover whether standbys are to keep it too (PostgreSQL 17 and later; manual, section 47.2.3)
 */
public record WantedSlot(String name, SlotPolicy policy, boolean failover) {

    private static final Pattern ALLOWED = Pattern.compile("[a-z0-9_]{1,63}");

    /**
     * A slot that standbys need not keep.
     *
     * @param name its name
     * @param policy whether it may be created
     */
    public WantedSlot(String name, SlotPolicy policy) {
        this(name, policy, false);
    }

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
