package dev.realtime;

import dev.realtime.error.ConfigurationException;
import dev.realtime.internal.setup.WantedSlot;
import dev.realtime.setup.SlotPolicy;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The slot, and which instances of the application stream from it, by what names. To be used by one thread at a time. */
final class SlotChoice {

    private static final int LONGEST_NAME = 63;
    private static final String APPLICATION = "realtime:";

    private WantedSlot slot = new WantedSlot("realtime", SlotPolicy.CREATE_WITH_PUBLICATION);
    private boolean temporary;
    private boolean standby;
    private boolean failover;
    private @Nullable String instance;

    void named(String name, SlotPolicy policy) {
        slot = new WantedSlot(name, policy);
    }

    void temporary() {
        temporary = true;
    }

    void standby() {
        standby = true;
    }

    void failover() {
        failover = true;
    }

    void instance(String name) {
        if (!name.matches("[A-Za-z0-9_.-]+")) {
            throw new ConfigurationException("\"" + name
                    + "\" cannot be the name of an instance: it may have letters, digits," + " '-', '_' and '.'");
        }
        instance = name;
    }

    String name() {
        return slot.name();
    }

    SlotPolicy policy() {
        return slot.policy();
    }

    /** Whether to wait while another instance streams. */
    boolean standsBy() {
        return standby;
    }

    /** Whether the instance has a name of its own. */
    boolean isNamed() {
        return instance != null;
    }

    /** The slot that the server must have; null where it is made for a connection. */
    @Nullable
    WantedSlot wanted() {
        return temporary ? null : new WantedSlot(slot.name(), slot.policy(), failover);
    }

    /** What the stream is named after. What the names of temporary slots begin with is each stream's own. */
    String streamName() {
        if (!temporary) {
            return slot.name();
        }
        String own = "_" + UUID.randomUUID().toString().substring(0, 8);
        return slot.name().substring(0, Math.min(slot.name().length(), 48)) + own;
    }

    /** What the server shows of our sessions. */
    String applicationName() {
        String name = APPLICATION + slot.name();
        return instance == null ? name : name + "@" + instance;
    }

    /**
     * Refuses what does not go together.
     *
     * @param stored whether positions are stored
     */
    void check(boolean stored) {
        if (temporary && stored) {
            throw new ConfigurationException(
                    "A temporary slot begins anew with each connection: positions that are stored are for a durable one");
        }
        if (applicationName().length() > LONGEST_NAME && instance != null) {
            throw new ConfigurationException("The name of the instance is too long: with the slot's it may have "
                    + (LONGEST_NAME - APPLICATION.length() - "@".length()) + " characters");
        }
        if (temporary && (standby || failover || instance != null)) {
            throw new ConfigurationException(
                    "A temporary slot is one instance's own: standby(), failover() and instance(...) are for a durable one");
        }
    }
}
