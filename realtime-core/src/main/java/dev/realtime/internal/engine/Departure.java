package dev.realtime.internal.engine;

import dev.realtime.error.ConnectException;
import dev.realtime.internal.replication.Keepalive;
import dev.realtime.internal.setup.Database;
import java.time.Duration;

/**
 * Notices that the server wants to shut down and waits for us. A fast shutdown waits until every walsender's client has
 * confirmed everything (manual, section 30.5); where a handler is stuck that never comes, so the connection is given up:
 * nothing is lost by it. Two signs lead to a question: the server asks for replies again and again at one position that
 * we cannot confirm, or a full queue keeps us from reading, be it for a moment, since a handler that is only slow would
 * hold the server up for as long as it takes. Confined to the reader thread.
 */
final class Departure {

    private static final int ASKED_AGAIN = 3;
    private static final Duration BETWEEN_QUESTIONS = Duration.ofSeconds(2);

    private final Database database;
    private final Questions questions;
    private long position;
    private int asked;
    private long lastQuestionNanos;

    Departure(Database database, Questions questions) {
        this.database = database;
        this.questions = questions;
        this.lastQuestionNanos = System.nanoTime();
    }

    /** The server asked for a reply, which told it that we are at a position. */
    void replied(Keepalive keepalive, long confirmed) {
        if (Long.compareUnsigned(confirmed, keepalive.walEnd()) >= 0) {
            asked = 0;
            return;
        }
        asked = keepalive.walEnd() == position ? asked + 1 : 1;
        position = keepalive.walEnd();
        if (asked >= ASKED_AGAIN) {
            leaveWithTheServer();
        }
    }

    /** Reading stands still, because a queue is full. */
    void paused() {
        leaveWithTheServer();
    }

    /** How long until the next question, in nanoseconds; 0 or less where it may be asked. */
    long nanosToQuestion() {
        return BETWEEN_QUESTIONS.toNanos() - (System.nanoTime() - lastQuestionNanos);
    }

    private void leaveWithTheServer() {
        if (nanosToQuestion() > 0) {
            return;
        }
        lastQuestionNanos = System.nanoTime();
        if (questions.ask(database::isShuttingDown)) {
            throw new ConnectException(
                    "The server is shutting down, and handlers have not finished what it sent: the connection is given up"
                            + " to let it go; nothing that was not handled is confirmed",
                    Database.CANNOT_CONNECT_NOW,
                    null);
        }
    }
}
