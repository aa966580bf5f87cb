package dev.realtime.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What the README shows is what the build has compiled, and what it tells to run is one command. */
class ReadmeTest {

    private static final Path SNIPPETS = Path.of("src/test/java/dev/realtime/examples/quickstart/ReadmeSnippets.java");
    private static final Pattern REGION =
            Pattern.compile("^ *// (readme): (?!end)\\w+\n(.*?)^ *// readme: end$", Pattern.DOTALL | Pattern.MULTILINE);

    @Test
    void theJavaOfTheReadmeIsWhatTheBuildCompilesForIt() throws IOException {
        assertThat(Readme.blocks("java"))
                .isNotEmpty()
                .containsExactlyInAnyOrderElementsOf(Readme.found(REGION, "readme", Files.readString(SNIPPETS)));
    }

    @Test
    void runningItAndTestingItAreOneCommandEach() throws IOException {
        assertThat(Readme.commands("Run it").get(0)).startsWith("./mvnw ").doesNotContain("\n");
        assertThat(Readme.commands("Test it"))
                .singleElement()
                .asString()
                .startsWith("./mvnw ")
                .doesNotContain("\n");
    }
}
