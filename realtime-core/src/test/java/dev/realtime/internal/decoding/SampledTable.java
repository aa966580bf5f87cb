package dev.realtime.internal.decoding;

import dev.realtime.error.DecodingException;
import dev.realtime.internal.decoding.Samples.Binary;
import dev.realtime.internal.decoding.Samples.Sample;
import dev.realtime.internal.decoding.Typed.Form;
import dev.realtime.internal.pgoutput.InsertMessage;
import dev.realtime.internal.pgoutput.PgOutputDecoder;
import dev.realtime.internal.pgoutput.PgOutputMessage;
import dev.realtime.internal.pgoutput.Relation;
import dev.realtime.internal.pgoutput.Tuple;
import dev.realtime.internal.setup.TypeCatalogue;
import dev.realtime.type.PgInterval;
import dev.realtime.type.TypeCatalog;
import dev.realtime.type.TypeDecoder;
import dev.realtime.type.TypeRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A table with a column of each type and one of its arrays. Each value is read three times: from the stream in text, from
 * the stream in binary, and by pgjdbc from the same row.
 */
final class SampledTable implements AutoCloseable {

    private final List<Sample> samples = Samples.all();
    private final Typed typed = new Typed();
    private final String slot = typed.database.unique("sampled");
    /** What differs, by type. */
    private final Map<String, List<String>> differences = new TreeMap<>();

    /** Of what classes the values were, by type. */
    private final Map<String, Set<String>> classes = new TreeMap<>();

    private long compared;

    SampledTable(double seed) throws SQLException, IOException {
        try (InputStream sql = SampledTable.class.getResourceAsStream("types.sql")) {
            execute(new String(sql.readAllBytes(), StandardCharsets.UTF_8));
        }
        execute(columns().stream()
                .collect(Collectors.joining(", ", "CREATE TABLE t (id bigserial PRIMARY KEY, ", ")")));
        execute("CREATE PUBLICATION p FOR TABLE t");
        execute("SELECT pg_create_logical_replication_slot('" + slot + "', 'pgoutput')");
        execute("SELECT setseed(" + seed + ")");
    }

    private List<String> columns() {
        List<String> columns = new ArrayList<>();
        for (int i = 0; i < samples.size(); i++) {
            columns.add("s" + i + " " + samples.get(i).column());
            columns.add("a" + i + " " + samples.get(i).column() + "[]");
        }
        return columns;
    }

    /** A row of NULLs, and one for each edge. */
    void fillEdges() throws SQLException {
        execute("INSERT INTO t DEFAULT VALUES");
        int most =
                samples.stream().mapToInt(sample -> sample.edges().size()).max().orElseThrow();
        for (int edge = 0; edge < most; edge++) {
            List<String> values = new ArrayList<>();
            for (Sample sample : samples) {
                boolean has = edge < sample.edges().size();
                String value = has ? literal(sample, edge) : "NULL";
                values.add(value);
                values.add(!has || !sample.inArrays() ? "NULL" : "ARRAY[" + value + ", NULL, " + value + "]");
            }
            insert(values, "");
        }
        List<String> values = new ArrayList<>();
        for (Sample sample : samples) {
            String two =
                    literal(sample, 0) + ", " + literal(sample, sample.edges().size() - 1);
            values.add("NULL");
            values.add(
                    sample.inArrays() ? lower("ARRAY[[" + two + "], [NULL, NULL]]", "[0:1][-3:-2]=", sample) : "NULL");
        }
        insert(values, "");
    }

    /** Rows of random values. */
    void fillRandomly(int rows) throws SQLException {
        List<String> values = new ArrayList<>();
        for (Sample sample : samples) {
            String value = "(" + sample.random() + ")::" + sample.column();
            values.add(value);
            String arrayType = "::" + sample.column() + "[]";
            String array = "CASE r_int(0, 4) WHEN 0 THEN NULL WHEN 1 THEN '{}' WHEN 2 THEN ARRAY[" + value + ", NULL]"
                    + arrayType + " WHEN 3 THEN ARRAY[[" + value + "], [" + value + "]]" + arrayType
                    + " ELSE " + lower("ARRAY[" + value + ", " + value + "]", "[0:1]=", sample) + " END";
            values.add(sample.inArrays() ? array : "NULL");
        }
        insert(values, " FROM generate_series(1, " + rows + ")");
    }

    private void insert(List<String> values, String from) throws SQLException {
        List<String> typedValues = new ArrayList<>();
        for (int i = 0; i < samples.size(); i++) {
            String column = samples.get(i).column();
            typedValues.add("(" + values.get(2 * i) + ")::" + column);
            typedValues.add("(" + values.get(2 * i + 1) + ")::" + column + "[]");
        }
        String names = columns().stream().map(column -> column.split(" ", 2)[0]).collect(Collectors.joining(", "));
        execute("INSERT INTO t (" + names + ") SELECT " + String.join(", ", typedValues) + from);
    }

    private static String lower(String array, String bounds, Sample sample) {
        return "('" + bounds + "' || (" + array + ")::" + sample.column() + "[]::text)::" + sample.column() + "[]";
    }

    private static String literal(Sample sample, int edge) {
        return "'" + sample.edges().get(edge).replace("'", "''") + "'::" + sample.column();
    }

    /** Compares what is in the table, and empties it. */
    void compare() throws SQLException {
        List<@Nullable Object[]> ofText = streamed(false);
        List<@Nullable Object[]> ofBinary = streamed(true);
        int[][] depths = compareScalars(ofText, ofBinary);
        for (int i = 0; i < samples.size(); i++) {
            if (samples.get(i).inArrays()) {
                compareElements(i, ofText, ofBinary, depths);
            }
        }
        execute("TRUNCATE t");
        execute("SELECT pg_replication_slot_advance('" + slot + "', pg_current_wal_lsn())");
    }

    private List<@Nullable Object[]> streamed(boolean binary) throws SQLException {
        List<@Nullable Object[]> rows = new ArrayList<>();
        TypeDecoder<?>[][] decoders = {};
        try (Statement statement = typed.connection(Form.TEXT).createStatement();
                ResultSet changes = statement.executeQuery("SELECT data FROM pg_logical_slot_peek_binary_changes('"
                        + slot + "', NULL, NULL, 'proto_version', '1', 'publication_names', 'p', 'binary', '" + binary
                        + "')")) {
            while (changes.next()) {
                byte[] bytes = changes.getBytes(1);
                PgOutputMessage message = PgOutputDecoder.decode(bytes, 0, bytes.length, 0);
                if (message instanceof Relation relation) {
                    decoders = decoders(relation);
                } else if (message instanceof InsertMessage insert) {
                    rows.add(decode(insert.after(), decoders, binary));
                }
            }
        }
        return rows;
    }

    private TypeDecoder<?>[][] decoders(Relation relation) throws SQLException {
        List<Integer> unknown = relation.columns().stream()
                .map(column -> column.typeOid())
                .filter(oid -> !TypeCatalog.builtIn().knows(oid))
                .toList();
        try (Connection control = typed.database.connect()) {
            Decoders decoders = new Decoders(
                    TypeRegistry.standard(), TypeCatalog.builtIn().with(TypeCatalogue.describe(control, unknown)));
            return relation.columns().stream()
                    .map(column ->
                            new TypeDecoder<?>[] {decoders.ofText(column.typeOid()), decoders.ofBinary(column.typeOid())
                            })
                    .toArray(TypeDecoder<?>[][]::new);
        }
    }

    /** Values of the columns behind the id; what could not be decoded is its error. */
    private @Nullable Object[] decode(Tuple tuple, TypeDecoder<?>[][] decoders, boolean binary) {
        @Nullable Object[] values = new @Nullable Object[2 * samples.size()];
        for (int i = 0; i < values.length; i++) {
            int column = i + 1;
            if (!tuple.isNull(column)) {
                Sample sample = samples.get(i / 2);
                boolean inBinary = binary && (i % 2 == 1 || sample.binary() != Binary.NO_SEND_FUNCTION);
                require(sample, tuple.isBinary(column) == inBinary, "came in the other form");
                TypeDecoder<?> decoder = decoders[column][tuple.isBinary(column) ? 1 : 0];
                try {
                    values[i] = decoder.decode(tuple.bytes(), tuple.offset(column), tuple.length(column));
                } catch (DecodingException e) {
                    values[i] = e;
                }
            }
        }
        return values;
    }

    /** Tells how many dimensions each array has: its elements may be arrays themselves. */
    private int[][] compareScalars(List<@Nullable Object[]> ofText, List<@Nullable Object[]> ofBinary)
            throws SQLException {
        int[][] depths = new int[ofText.size()][samples.size()];
        String columns = IntStream.range(0, samples.size())
                .mapToObj(i -> readable(samples.get(i), "s" + i) + ", array_dims(a" + i + ")")
                .collect(Collectors.joining(", "));
        try (Statement statement = typed.connection(Form.TEXT).createStatement();
                ResultSet rows = statement.executeQuery("SELECT " + columns + " FROM t ORDER BY id")) {
            for (int row = 0; rows.next(); row++) {
                for (int i = 0; i < samples.size(); i++) {
                    Sample sample = samples.get(i);
                    @Nullable Object text = ofText.get(row)[2 * i];
                    @Nullable Object theirs = theirs(rows, 2 * i + 1, text);
                    compare(sample, text, ofBinary.get(row)[2 * i], theirs);
                    @Nullable Object array = ofText.get(row)[2 * i + 1];
                    List<Integer> lengths = lengths(rows.getString(2 * i + 2));
                    depths[row][i] = lengths.size();
                    require(sample, dimensions(array, lengths.size()).equals(lengths), "dimensions");
                }
            }
            require(samples.get(0), ofText.size() == ofBinary.size() && !rows.next(), "number of rows");
        }
        return depths;
    }

    /** Element by element, as the server takes an array apart. */
    private void compareElements(
            int sample, List<@Nullable Object[]> ofText, List<@Nullable Object[]> ofBinary, int[][] depths)
            throws SQLException {
        List<@Nullable Object> text = new ArrayList<>();
        List<@Nullable Object> binary = new ArrayList<>();
        boolean refused = samples.get(sample).binary() == Binary.REFUSED;
        for (int row = 0; row < ofText.size(); row++) {
            @Nullable Object array = ofText.get(row)[2 * sample + 1];
            flatten(array, depths[row][sample], text);
            @Nullable Object other = ofBinary.get(row)[2 * sample + 1];
            if (refused) {
                boolean hasValue = text.stream().anyMatch(Objects::nonNull);
                require(
                        samples.get(sample),
                        depths[row][sample] == 0 || !hasValue || other instanceof DecodingException,
                        "refused");
            } else {
                flatten(other, depths[row][sample], binary);
            }
        }
        require(samples.get(sample), refused || text.size() == binary.size(), "number of elements");
        String element = readable(samples.get(sample), "unnest(a" + sample + ")");
        try (Statement statement = typed.connection(Form.TEXT).createStatement();
                ResultSet rows = statement.executeQuery(
                        "SELECT " + element + " FROM (SELECT a" + sample + " FROM t ORDER BY id) q")) {
            int at = 0;
            for (; rows.next() && at < text.size(); at++) {
                @Nullable Object ours = text.get(at);
                @Nullable Object theirs = theirs(rows, 1, ours);
                if (refused) {
                    require(samples.get(sample), Objects.equals(ours, theirs), "in text");
                } else {
                    compare(samples.get(sample), ours, at < binary.size() ? binary.get(at) : null, theirs);
                }
            }
            require(samples.get(sample), at == text.size() && rows.isAfterLast(), "number of elements");
        }
    }

    /** pgjdbc does not know a domain over an array for one. */
    private static String readable(Sample sample, String expression) {
        return sample.column().equals("list") ? expression + "::int4[]" : expression;
    }

    private void compare(Sample sample, @Nullable Object text, @Nullable Object binary, @Nullable Object theirs) {
        compared++;
        if (text != null) {
            classes.computeIfAbsent(sample.name(), name -> new TreeSet<>())
                    .add(text.getClass().getSimpleName());
        }
        boolean refused = sample.binary() == Binary.REFUSED && theirs != null;
        boolean sameInBinary = refused ? binary instanceof DecodingException : same(binary, theirs);
        if (!same(text, theirs) || !sameInBinary) {
            List<String> ofType = differences.computeIfAbsent(sample.name(), name -> new ArrayList<>());
            if (ofType.size() < 5) {
                ofType.add("pgjdbc " + print(theirs) + ", text " + print(text) + ", binary " + print(binary));
            }
        }
    }

    private void require(Sample sample, boolean holds, String what) {
        if (!holds) {
            differences
                    .computeIfAbsent(sample.name(), name -> new ArrayList<>())
                    .add(what);
        }
    }

    private static boolean same(@Nullable Object ours, @Nullable Object theirs) {
        return Objects.deepEquals(ours, theirs) && (!(ours instanceof BigDecimal) || ours.equals(theirs));
    }

    /** What pgjdbc gives where it is asked for what we have. */
    private static @Nullable Object theirs(ResultSet rows, int column, @Nullable Object ours) throws SQLException {
        if (ours == null || ours instanceof String || ours instanceof DecodingException) {
            return rows.getString(column);
        }
        if (ours instanceof byte[]) {
            return rows.getBytes(column);
        }
        if (ours instanceof Object[]) {
            return rows.getArray(column).getArray();
        }
        if (ours instanceof Long) {
            return rows.getLong(column);
        }
        if (ours instanceof Double) {
            return rows.getDouble(column);
        }
        if (ours instanceof PgInterval) {
            String text = rows.getString(column); // the driver's own class counts hours in an int
            return ours.toString().equals(text) ? ours : text;
        }
        return rows.getObject(column, ours.getClass());
    }

    private static List<Integer> dimensions(@Nullable Object array, int depth) {
        List<Integer> lengths = new ArrayList<>();
        @Nullable Object next = array;
        for (int i = 0; i < depth && next instanceof Object[] items && items.length > 0; i++) {
            lengths.add(items.length);
            next = items[0];
        }
        return lengths;
    }

    /** {@code [0:1][-3:-2]}. */
    private static List<Integer> lengths(@Nullable String dimensions) {
        List<Integer> lengths = new ArrayList<>();
        if (dimensions != null) {
            for (String bounds :
                    dimensions.substring(1, dimensions.length() - 1).split("\\]\\[")) {
                String[] ends = bounds.split(":");
                lengths.add(Integer.parseInt(ends[1]) - Integer.parseInt(ends[0]) + 1);
            }
        }
        return lengths;
    }

    private static void flatten(@Nullable Object value, int depth, List<@Nullable Object> into) {
        if (depth > 0 && value instanceof Object[] array) {
            Arrays.stream(array).forEach(element -> {
                if (depth == 1) {
                    into.add(element);
                } else {
                    flatten(element, depth - 1, into);
                }
            });
        }
    }

    private static String print(@Nullable Object value) {
        if (value == null) {
            return "null";
        }
        String text = value instanceof Object[] array ? Arrays.deepToString(array) : value.toString();
        return value instanceof byte[] bytes
                ? Arrays.toString(bytes)
                : value.getClass().getSimpleName() + " <" + text + ">";
    }

    List<Sample> samples() {
        return samples;
    }

    Set<String> classes(String name) {
        return classes.getOrDefault(name, Set.of());
    }

    List<String> differences(String name) {
        return differences.getOrDefault(name, List.of());
    }

    Map<String, List<String>> differences() {
        return differences;
    }

    /** How many values have been compared, each in both forms. */
    long compared() {
        return compared;
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = typed.connection(Form.TEXT).createStatement()) {
            statement.execute(sql);
        }
    }

    @Override
    public void close() throws SQLException {
        execute("SELECT pg_drop_replication_slot('" + slot + "')");
        typed.close();
    }
}
