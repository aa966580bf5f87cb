package dev.realtime.examples.quickstart;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** README.md as its readers see it: fenced blocks under headings. */
final class Readme {

    private static final Path FILE = Path.of("../../README.md");

    private Readme() {}

    /** What stands between fences of one language, in order. */
    static List<String> blocks(String language) throws IOException {
        return blocks(language, Files.readString(FILE));
    }

    /** What stands between fences without a language in one section. */
    static List<String> commands(String section) throws IOException {
        String from = "\n## " + section + "\n";
        String readme = Files.readString(FILE);
        String text = readme.substring(readme.indexOf(from) + from.length());
        int next = text.indexOf("\n## ");
        return blocks("", next < 0 ? text : text.substring(0, next));
    }

    private static List<String> blocks(String language, String text) {
        return found(Pattern.compile("^```(\\w*)\n(.*?)^```$", Pattern.DOTALL | Pattern.MULTILINE), language, text);
    }

    /** What each match has in its second group, where its first is as wanted, without the margin that all lines share. */
    static List<String> found(Pattern pattern, String first, String text) {
        return pattern.matcher(text)
                .results()
                .filter(match -> match.group(1).equals(first))
                .map(match -> match.group(2).stripTrailing().stripIndent())
                .toList();
    }
}
