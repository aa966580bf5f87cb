package dev.realtime.internal.decoding;

import dev.realtime.support.Repository;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The tables of docs/types.md. */
final class TypesPage {

    private static final Pattern ROW = Pattern.compile("(?m)^\\| (.+?) \\| (.+?) \\| (.+?) \\| (.*?) ?\\|$");
    private static final Pattern CODE = Pattern.compile("`([^`]+)`");

    /**
     * A row.
     *
     * @param type the type's name
     * @param classes the simple names of the classes that its values are of
     * @param binary whether it is read in binary form
     */
    record Entry(String type, Set<String> classes, String binary) {}

    private TypesPage() {}

    static List<Entry> entries() {
        List<Entry> entries = new ArrayList<>();
        Matcher row = ROW.matcher(Repository.read(Repository.root().resolve("docs/types.md")));
        while (row.find()) {
            if (!row.group(1).equals("PostgreSQL")) {
                Set<String> classes = new TreeSet<>();
                Matcher code = CODE.matcher(row.group(2));
                while (code.find()) {
                    classes.add(code.group(1));
                }
                entries.add(new Entry(row.group(1), classes, row.group(3)));
            }
        }
        return entries;
    }

    static Entry entry(String type) {
        return entries().stream()
                .filter(entry -> entry.type().equals(type))
                .findFirst()
                .orElseThrow(() -> new AssertionError("docs/types.md has no row for " + type));
    }
}
