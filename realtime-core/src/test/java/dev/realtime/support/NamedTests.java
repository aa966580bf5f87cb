package dev.realtime.support;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The tests of all modules by their sources, for pages that name them. Immutable. */
public final class NamedTests {

    private static final Pattern METHOD = Pattern.compile("`(\\w+(?:Test|IT))\\.(\\w+)`");

    private static final Pattern DECLARED = Pattern.compile("@Test\\s+void (\\w+)\\(");

    private final Map<String, String> sources = new HashMap<>();

    private NamedTests() {}

    /** All that there are in the checkout. */
    public static NamedTests all() throws IOException {
        NamedTests tests = new NamedTests();
        Path root = Repository.root();
        List<Path> modules = new ArrayList<>();
        try (Stream<Path> poms = Files.find(root, 3, (path, file) -> path.endsWith("pom.xml"))) {
            poms.map(Path::getParent).forEach(modules::add);
        }
        for (Path module : modules) {
            Path directory = module.resolve("src/test/java");
            if (Files.isDirectory(directory)) {
                try (Stream<Path> files = Files.walk(directory)) {
                    files.filter(file -> file.toString().matches(".*(Test|IT)\\.java"))
                            .forEach(file -> tests.sources.put(
                                    file.getFileName().toString().replace(".java", ""), Repository.read(file)));
                }
            }
        }
        return tests;
    }

    public boolean has(String type) {
        return sources.containsKey(type);
    }

    /** The tests of one class, as {@code AnyIT.some_method}. */
    public List<String> of(String type) {
        List<String> names = new ArrayList<>();
        Matcher matcher = DECLARED.matcher(sources.getOrDefault(type, ""));
        while (matcher.find()) {
            names.add(type + "." + matcher.group(1));
        }
        return names;
    }

    /** The tests that a text names, as {@code `AnyIT.some_method`}. */
    public static List<String> in(String text) {
        List<String> names = new ArrayList<>();
        Matcher matcher = METHOD.matcher(text);
        while (matcher.find()) {
            names.add(matcher.group(1) + "." + matcher.group(2));
        }
        return names;
    }

    /** Of the tests that a text names, those that do not exist. */
    public List<String> missing(String text) {
        return in(text).stream().filter(name -> !exists(name)).toList();
    }

    private boolean exists(String name) {
        int dot = name.indexOf('.');
        String source = sources.get(name.substring(0, dot));
        return source != null
                && source.matches("(?s).*(void|Stream<DynamicTest>) " + name.substring(dot + 1) + "\\(.*");
    }
}
