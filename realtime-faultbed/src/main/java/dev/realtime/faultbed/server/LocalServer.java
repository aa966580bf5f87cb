package dev.realtime.faultbed.server;

import dev.realtime.faultbed.process.FreePort;
import dev.realtime.faultbed.process.Signal;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A cluster on this machine, ruled by {@code pg_ctl} (PostgreSQL manual, reference page pg_ctl). Starting and stopping is
 * for one thread; closing is safe from any, so that a shutdown hook may do it.
 */
final class LocalServer implements PostgresServer {

    private static final Logger LOG = LoggerFactory.getLogger(LocalServer.class);
    private static final Duration START_TIMEOUT = Duration.ofMinutes(1);
    private static final int PORTS_TRIED = 5;

    private final Binaries binaries;
    private final ServerFiles files;
    private final Thread hook = new Thread(this::cleanUp, "faultbed-server-hook");
    private int port;
    private int majorVersion;
    private @Nullable Watchdog watchdog;
    private boolean started;
    private boolean closed;

    private LocalServer(Binaries binaries, ServerFiles files) {
        this.binaries = binaries;
        this.files = files;
    }

    static PostgresServer start(Binaries binaries, ServerFiles files, PostgresServerBuilder plan) {
        LocalServer server = new LocalServer(binaries, files);
        Runtime.getRuntime().addShutdownHook(server.hook);
        try {
            server.create();
            server.startOnFreePort(plan);
            return server;
        } catch (RuntimeException e) {
            server.close();
            throw e;
        }
    }

    private void create() {
        if (!files.hasCluster()) {
            Command.run(
                    binaries.command(
                            "initdb",
                            "-D",
                            files.data().toString(),
                            "-U",
                            SUPERUSER,
                            "-A",
                            "trust",
                            "-E",
                            "UTF8",
                            "--no-locale",
                            "--no-sync",
                            "--no-instructions"),
                    files.output(),
                    START_TIMEOUT);
        }
        majorVersion = files.majorVersion();
    }

    private void startOnFreePort(PostgresServerBuilder plan) {
        for (int tried = 1; ; tried++) {
            port = FreePort.find();
            files.write(plan, port);
            try {
                start();
                return;
            } catch (IllegalStateException e) {
                if (tried == PORTS_TRIED || FreePort.isFree(port)) {
                    throw e;
                }
                LOG.info("Port {} was taken while the server started; trying another", port);
            }
        }
    }

    @Override
    public synchronized void start() {
        if (closed) {
            throw new IllegalStateException("The server was closed");
        }
        String timeout = Long.toString(START_TIMEOUT.toSeconds());
        try {
            Command.run(
                    pgCtl("start", "-l", files.log().toString(), "-t", timeout),
                    files.output(),
                    START_TIMEOUT.plusSeconds(5));
        } catch (IllegalStateException e) {
            throw new IllegalStateException(e.getMessage() + "\nThe server's log ends with:\n" + logTail(), e);
        }
        started = true;
        if (watchdog == null && Signal.supported()) {
            watchdog = Watchdog.over(
                    files.dataIsOurs() ? files.base().toString() : "",
                    pgCtl("stop", "-m", StopMode.IMMEDIATE.option()));
        }
    }

    @Override
    public synchronized Duration stop(StopMode mode, Duration timeout) {
        long before = System.nanoTime();
        Command.run(
                pgCtl("stop", "-m", mode.option(), "-t", Long.toString(Math.max(1, timeout.toSeconds()))),
                files.output(),
                timeout.plusSeconds(5));
        started = false;
        return Duration.ofNanos(System.nanoTime() - before);
    }

    private List<String> pgCtl(String action, String... options) {
        List<String> arguments =
                new ArrayList<>(List.of(action, "-D", files.data().toString(), "-w"));
        arguments.addAll(List.of(options));
        return binaries.command("pg_ctl", arguments.toArray(String[]::new));
    }

    private String logTail() {
        try {
            return Command.tail(files.log());
        } catch (IOException e) {
            return "(unreadable: " + e.getMessage() + ")";
        }
    }

    @Override
    public void signal(long pid, Signal signal) {
        signal.sendTo(pid);
    }

    @Override
    public String host() {
        return "localhost";
    }

    @Override
    public int port() {
        return port;
    }

    @Override
    public int majorVersion() {
        return majorVersion;
    }

    @Override
    public boolean canRestart() {
        return true;
    }

    @Override
    public void close() {
        cleanUp();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException shuttingDown) {
            LOG.debug("The JVM is ending; its hook finds the server closed");
        }
    }

    private synchronized void cleanUp() {
        if (closed) {
            return;
        }
        closed = true;
        if (started) {
            stopForGood();
        }
        Watchdog.release(watchdog);
        files.delete();
    }

    /** A cluster that is kept is shut down in order, one that goes is not worth the wait. */
    private void stopForGood() {
        if (!files.dataIsOurs()) {
            try {
                stop(StopMode.FAST, Duration.ofSeconds(10));
                return;
            } catch (IllegalStateException e) {
                LOG.warn("A client held up the server's shutdown: {}", e.getMessage());
            }
        }
        try {
            stop(StopMode.IMMEDIATE);
        } catch (IllegalStateException e) {
            LOG.warn("The server had ended by itself: {}", e.getMessage());
        }
    }
}
