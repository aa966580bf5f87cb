package dev.realtime.internal.pgoutput;

/** A message of the plugin. Immutable. */
public sealed interface PgOutputMessage
        permits Begin,
                Commit,
                Origin,
                Relation,
                TypeMessage,
                InsertMessage,
                UpdateMessage,
                DeleteMessage,
                TruncateMessage,
                LogicalMessage {}
