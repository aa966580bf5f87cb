package dev.realtime.faultbed.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HandledLogTest {

    @TempDir
    private Path directory;

    @Test
    void whatIsAppendedIsReadBackWithTheLengthItGaveTheFile() {
        try (HandledLog log = HandledLog.open(directory.resolve("log"))) {
            List<Handled> written = new ArrayList<>();
            log.append(-1, 0, Operation.INSERT, "a-key", -1, false);
            written.add(new Handled(-1, 0, Operation.INSERT, "a-key", -1, false, log.length()));
            log.append(0x16B374D848L, Long.MAX_VALUE, Operation.TRUNCATE, "-", 0, true);
            written.add(new Handled(0x16B374D848L, Long.MAX_VALUE, Operation.TRUNCATE, "-", 0, true, log.length()));
            assertThat(log.read().rows()).isEqualTo(written);
            assertThat(log.read().torn()).isZero();
        }
    }

    @Test
    void aTornLastLineIsNotTestimony() throws IOException {
        Path file = directory.resolve("log");
        long whole;
        try (HandledLog log = HandledLog.open(file)) {
            log.append(1, 0, Operation.INSERT, "1", 1, false);
            whole = log.length();
            log.append(1, 1, Operation.INSERT, "2", 2, false);
        }
        for (long length = whole + 1; length < Files.size(file); length++) {
            Path torn = directory.resolve("torn-" + length);
            Files.write(torn, Arrays.copyOf(Files.readAllBytes(file), (int) length));
            try (HandledLog log = HandledLog.open(torn)) {
                assertThat(log.read().rows()).hasSize(1);
                assertThat(log.read().torn()).isEqualTo(1);
            }
        }
    }

    @Test
    void aTornLineDoesNotSpoilTheNextProcessesLine() throws IOException {
        Path file = directory.resolve("log");
        Files.writeString(file, "1 0 INSERT 1 0000", StandardOpenOption.CREATE);
        try (HandledLog log = HandledLog.open(file)) {
            log.append(2, 0, Operation.INSERT, "2", 2, true);
            assertThat(log.read().rows()).extracting(Handled::key).containsExactly("2");
            assertThat(log.read().torn()).isEqualTo(1);
        }
    }

    @Test
    void severalWritersDoNotMixTheirLines() {
        Path file = directory.resolve("log");
        try (HandledLog one = HandledLog.open(file);
                HandledLog other = HandledLog.open(file)) {
            CompletableFuture.allOf(fill(one, 1), fill(other, 2)).join();
            assertThat(one.read().rows()).hasSize(2000);
            assertThat(one.read().torn()).isZero();
            assertThat(one.length()).isEqualTo(other.length());
        }
    }

    private static CompletableFuture<Void> fill(HandledLog log, long commit) {
        return CompletableFuture.runAsync(() ->
                IntStream.range(0, 1000).forEach(i -> log.append(commit, i, Operation.UPDATE, "key" + i, i, false)));
    }
}
