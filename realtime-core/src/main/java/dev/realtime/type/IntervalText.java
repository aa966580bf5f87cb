package dev.realtime.type;

/** How the server writes an interval under {@code IntervalStyle=iso_8601} (manual, section 8.5.4). Thread-safe. */
final class IntervalText {

    private static final int MONTHS_PER_YEAR = 12;
    private static final long SECOND = 1_000_000L;
    private static final long MINUTE = 60 * SECOND;
    private static final long HOUR = 60 * MINUTE;
    private static final int FRACTION_DIGITS = 6;

    private IntervalText() {}

    static String print(PgInterval interval) {
        if (interval.equals(PgInterval.INFINITY)) {
            return "infinity";
        }
        if (interval.equals(PgInterval.NEGATIVE_INFINITY)) {
            return "-infinity";
        }
        StringBuilder text = new StringBuilder("P");
        append(text, interval.months() / MONTHS_PER_YEAR, 'Y');
        append(text, interval.months() % MONTHS_PER_YEAR, 'M');
        append(text, interval.days(), 'D');
        long microseconds = interval.microseconds();
        if (microseconds != 0) {
            text.append('T');
            append(text, microseconds / HOUR, 'H');
            append(text, microseconds % HOUR / MINUTE, 'M');
            appendSeconds(text, microseconds % MINUTE);
        }
        return text.length() == 1 ? "PT0S" : text.toString();
    }

    private static void append(StringBuilder text, long number, char unit) {
        if (number != 0) {
            text.append(number).append(unit);
        }
    }

    private static void appendSeconds(StringBuilder text, long microseconds) {
        if (microseconds == 0) {
            return;
        }
        long size = Math.abs(microseconds);
        text.append(microseconds < 0 ? "-" : "").append(size / SECOND);
        long fraction = size % SECOND;
        if (fraction != 0) {
            String digits = Long.toString(SECOND + fraction).substring(1);
            int end = FRACTION_DIGITS;
            while (digits.charAt(end - 1) == '0') {
                end--;
            }
            text.append('.').append(digits, 0, end);
        }
        text.append('S');
    }
}
