package dev.realtime.internal.binding;

/** An entity that lies in a table: each row is one, or a part of one. Thread-safe. */
sealed interface InTable permits EntityBinding, SpreadTable {

    /** Its number among the registered entities. */
    int entityIndex();
}
