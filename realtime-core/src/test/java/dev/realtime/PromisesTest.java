package dev.realtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realtime.support.NamedTests;
import dev.realtime.support.Repository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The pages that promise something: each promise names a test, and each test that is named exists. */
class PromisesTest {

    private static final int FAULTS = 105;
    private static final Pattern PATCHED = Pattern.compile("(?m)^\\+\\+\\+ b/(.*)$");
    private static final Pattern COVERED = Pattern.compile("\\*\\*(\\d+) of " + FAULTS + "\\*\\*");

    private final NamedTests tests;

    PromisesTest() throws IOException {
        tests = NamedTests.all();
    }

    private static String page(String name) {
        return Repository.read(Repository.root().resolve("docs").resolve(name));
    }

    /** The lines of a page's tables, without their heads. */
    private static List<String> rows(String page) {
        List<String> rows = new ArrayList<>();
        boolean inside = false;
        for (String line : page.lines().toList()) {
            if (line.startsWith("|---")) {
                inside = true;
            } else if (!line.startsWith("|")) {
                inside = false;
            } else if (inside) {
                rows.add(line);
            }
        }
        return rows;
    }

    @Test
    void every_guarantee_names_a_test_that_exists() {
        String page = page("guarantees.md");
        assertThat(rows(page))
                .isNotEmpty()
                .allSatisfy(row -> assertThat(NamedTests.in(row)).as(row).isNotEmpty());
        assertThat(tests.missing(page)).isEmpty();
    }

    @Test
    void every_fault_of_the_catalogue_names_a_test_or_says_why_there_is_none() {
        String page = page("faults.md");
        List<String> rows = rows(page);
        assertThat(rows).hasSize(FAULTS);
        List<String> untested =
                rows.stream().filter(row -> NamedTests.in(row).isEmpty()).toList();
        assertThat(untested).allSatisfy(row -> assertThat(row).contains("| not yet: ", "|"));
        assertThat(tests.missing(page)).isEmpty();
        Matcher said = COVERED.matcher(page);
        assertThat(said.find()).isTrue();
        assertThat(said.group(1)).as("tested").isEqualTo(String.valueOf(FAULTS - untested.size()));
    }

    @Test
    void every_feature_of_mappings_and_every_difference_names_a_test_and_every_feature_test_is_named() {
        String page = page("mapping.md");
        assertThat(rows(page))
                .isNotEmpty()
                .allSatisfy(row -> assertThat(NamedTests.in(row)).as(row).isNotEmpty());
        assertThat(tests.missing(page)).isEmpty();
        assertThat(NamedTests.in(page)).containsAll(tests.of("FeatureTableIT"));
        assertThat(tests.of("FeatureTableIT")).hasSizeGreaterThan(30);
    }

    @Test
    void an_event_differs_from_what_find_returns_in_no_more_than_twelve_ways() {
        String page = page("mapping.md");
        assertThat(rows(page.substring(page.indexOf("## Where an event differs"))))
                .hasSizeBetween(1, 12);
    }

    @Test
    void every_planted_bug_names_the_tests_that_are_to_catch_it() throws IOException {
        assertThat(plantedBugs()).hasSizeGreaterThanOrEqualTo(12).allSatisfy(patch -> {
            String named = Repository.read(patch).lines().skip(1).findFirst().orElse("");
            assertThat(named).startsWith("Tests: ");
            assertThat(named.substring("Tests: ".length()).split(" ")).allMatch(tests::has);
        });
    }

    @Test
    void every_planted_bug_fits_the_code_at_one_place() throws IOException {
        assertThat(plantedBugs()).allSatisfy(patch -> {
            Matcher file = PATCHED.matcher(Repository.read(patch));
            assertThat(file.find()).isTrue();
            String code = Repository.read(Repository.root().resolve(file.group(1)));
            String[] hunks = Repository.read(patch).split("(?m)^@@ .*\n");
            assertThat(hunks).hasSizeGreaterThan(1);
            assertThat(Arrays.stream(hunks).skip(1)).allSatisfy(hunk -> {
                String before = hunk.lines()
                        .filter(line -> !line.startsWith("+"))
                        .map(line -> line.substring(1) + "\n")
                        .collect(Collectors.joining());
                assertThat(code.split(Pattern.quote(before), -1))
                        .as("the code around%n%s", before)
                        .hasSize(2);
            });
        });
    }

    private static List<Path> plantedBugs() throws IOException {
        try (Stream<Path> files =
                Files.list(Repository.root().resolve("realtime-faultbed").resolve("planted"))) {
            return files.filter(file -> file.toString().endsWith(".patch")).toList();
        }
    }
}
