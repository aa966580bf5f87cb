package dev.realtime.error;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The server is not set up for what was asked: a setting, a privilege, a publication, a slot. It says how to mend it. */
public class SetupException extends RealtimeException {

    private static final long serialVersionUID = 1L;

    /** What a program may decide by. */
    private final SetupProblem problem;

    /** The message without the remedy. */
    private final String reason;

    /** SQL or settings, in order; an array, since a list need not be serializable. */
    private final String[] remedy;

    /**
     * A problem and its remedy.
     *
     * @param problem the kind of problem
     * @param message what is missing and where
     * @param remedy the SQL statements or settings that mend it, in order; may be empty
     * @param cause the error beneath it
     */
    public SetupException(SetupProblem problem, String message, List<String> remedy, @Nullable Throwable cause) {
        super(remedy.isEmpty() ? message : message + "\nTo mend it:\n    " + String.join("\n    ", remedy), cause);
        this.problem = problem;
        this.reason = message;
        this.remedy = remedy.toArray(String[]::new);
    }

    /**
     * The kind of problem.
     *
     * @return never null
     */
    public SetupProblem problem() {
        return problem;
    }

    /**
     * What is missing and where: the message without {@link #remedy()}.
     *
     * @return one line
     */
    public String reason() {
        return reason;
    }

    /**
     * What mends it.
     *
     * @return SQL statements or settings, in order; may be empty
     */
    public List<String> remedy() {
        return List.of(remedy);
    }
}
