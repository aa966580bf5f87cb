package dev.realtime.faultbed.proxy;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Carries the bytes of one connection in one direction. Confined to the thread of that direction. */
final class Pump implements MessageParser.Listener {

    private static final int BUFFER = 16 * 1024;
    /** Enough of a client's message for a status update, or for the longest slot's name in the command that streams. */
    private static final int COMMAND = 128;

    private static final Pattern STREAMS = Pattern.compile("START_REPLICATION SLOT \"?([a-z0-9_]+)");

    private final ProxiedConnection connection;
    private final Direction direction;
    private final boolean readable;
    private final Faults faults;
    private final Meter meter;
    private final MessageParser parser;
    private String slot = "";
    private boolean stopped;

    Pump(ProxiedConnection connection, Direction direction, boolean readable, Faults faults, Meter meter) {
        this.connection = connection;
        this.direction = direction;
        this.readable = readable;
        this.faults = faults;
        this.meter = meter;
        this.parser = new MessageParser(direction == Direction.TO_SERVER ? COMMAND : 1, this);
    }

    /** Carries until the sender has ended. */
    void run(Socket sender, Socket receiver) throws IOException {
        InputStream in = sender.getInputStream();
        OutputStream out = receiver.getOutputStream();
        byte[] bytes = new byte[BUFFER];
        for (int length = in.read(bytes); length >= 0; length = in.read(bytes)) {
            if (connection.loses(direction)) {
                continue;
            }
            int passing = readable ? parser.feed(bytes, length) : length;
            faults.forward(direction, out, bytes, passing, connection.isReplication());
            if (stopped) {
                connection.cut();
            }
        }
        if (!connection.loses(direction)) {
            receiver.shutdownOutput();
        }
    }

    @Override
    public boolean begun(char tag, ByteBuffer head, int position) {
        if (direction == Direction.TO_CLIENT && connection.isReplication() && Meter.isWal(tag, head)) {
            faults.corruptsMessageAt(position - head.remaining());
            stopped = faults.cutsInside();
        }
        return !stopped;
    }

    @Override
    public boolean ended(char tag, ByteBuffer head) {
        if (direction == Direction.TO_SERVER) {
            noteSlot(tag, head);
            meter.sentByClient(tag, head, connection.isReplication(), slot);
        } else {
            meter.sentByServer(tag, head, connection.isReplication());
            stopped = connection.isReplication() && Meter.isWal(tag, head) && faults.cutsBehind();
        }
        return !stopped;
    }

    private void noteSlot(char tag, ByteBuffer head) {
        if (tag == 'Q' && connection.isReplication()) {
            Matcher command = STREAMS.matcher(StandardCharsets.UTF_8.decode(head.duplicate()));
            slot = command.lookingAt() ? command.group(1) : slot;
        }
    }
}
