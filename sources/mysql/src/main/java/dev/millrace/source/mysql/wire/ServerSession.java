package dev.millrace.source.mysql.wire;

import dev.millrace.error.MillraceException;
import dev.millrace.source.mysql.bytes.ByteReader;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A session with a server. Confined to one thread; {@link #close} alone may be called by another, and ends a wait. */
public final class ServerSession implements AutoCloseable {
    private static final int QUERY = 0x03;
    private static final int QUIT = 0x01;
    private static final int PREPARE = 0x16;
    private static final int NULL_VALUE = 0xfb;
    private static final int END = 0xfe;
    private static final int LONGEST_END = 9;

    private final ServerAddress address;
    private final PacketChannel channel;
    private final ServerGreeting greeting;

    private ServerSession(ServerAddress address, PacketChannel channel, ServerGreeting greeting) {
        this.address = address;
        this.channel = channel;
        this.greeting = greeting;
    }

    /** @throws MillraceException where the server can't be reached or refuses the login */
    public static ServerSession open(ServerAddress address) {
        PacketChannel channel = null;
        try {
            channel = PacketChannel.connect(address);
            ServerGreeting greeting = new Login(address, channel).perform();
            channel.readTimeout(Duration.ZERO);
            return new ServerSession(address, channel, greeting);
        } catch (IOException e) {
            abandon(channel);
            throw ServerFailure.broken(address, "connecting", e);
        } catch (RuntimeException e) {
            abandon(channel);
            throw e;
        }
    }

    public ServerGreeting greeting() {
        return greeting;
    }

    public boolean isProtected() {
        return channel.isProtected();
    }

    /** How long to wait for bytes of an answer before the connection is taken for dead; zero, as at first, waits for ever. */
    public void readTimeout(Duration timeout) {
        try {
            channel.readTimeout(timeout);
        } catch (IOException e) {
            throw ServerFailure.broken(address, "setting a time-out", e);
        }
    }

    /** Runs a statement that has no rows to give. */
    public void execute(String sql) {
        query(sql);
    }

    /** The rows of a statement, as text; for answers that are small. */
    public List<List<@Nullable String>> query(String sql) {
        try {
            channel.command(new PacketWriter().int1(QUERY).text(sql));
            ByteReader head = channel.receiveAnswer(address, running(sql));
            if (head.remaining() > 0 && channel.input().buffer()[head.at()] == 0) {
                return List.of();
            }
            int columns = head.length();
            for (int i = 0; i < columns + 1; i++) {
                channel.receive();
            }
            return rows(sql, columns);
        } catch (IOException e) {
            throw ServerFailure.broken(address, running(sql), e);
        }
    }

    private List<List<@Nullable String>> rows(String sql, int columns) throws IOException {
        List<List<@Nullable String>> rows = new ArrayList<>();
        while (true) {
            ByteReader packet = channel.receiveAnswer(address, running(sql));
            byte[] buffer = channel.input().buffer();
            if (packet.remaining() < LONGEST_END && (buffer[packet.at()] & 0xff) == END) {
                return rows;
            }
            List<@Nullable String> row = new ArrayList<>();
            for (int i = 0; i < columns; i++) {
                if ((buffer[packet.at()] & 0xff) == NULL_VALUE) {
                    packet.skip(1);
                    row.add(null);
                } else {
                    row.add(packet.text(packet.length()));
                }
            }
            rows.add(row);
        }
    }

    /** The rows of a statement in the binary form, of any number: they are read as they are asked for. */
    public ResultStream read(String sql) {
        ResultStream result = begin(sql);
        result.await();
        return result;
    }

    /** The same without waiting for the server, which may take its time before the first row: {@link ResultStream#await(long)}. */
    public ResultStream begin(String sql) {
        try {
            channel.command(new PacketWriter().int1(PREPARE).text(sql));
            return new ResultStream(address, channel, running(sql));
        } catch (IOException e) {
            throw ServerFailure.broken(address, running(sql), e);
        }
    }

    /** From here on the session does nothing but send the log, until it is closed. */
    public LogStream follow(LogRequest request) {
        request.statements(greeting).forEach(this::execute);
        try {
            channel.command(request.command());
            return new LogStream(address, channel);
        } catch (IOException e) {
            throw ServerFailure.broken(address, "asking for the log", e);
        }
    }

    private static String running(String sql) {
        return "running '" + sql + "'";
    }

    @Override
    public void close() {
        try {
            channel.command(new PacketWriter().int1(QUIT));
            channel.close();
        } catch (IOException e) {
            abandon(channel);
        }
    }

    private static void abandon(@Nullable PacketChannel channel) {
        try {
            if (channel != null) {
                channel.close();
            }
        } catch (IOException alreadyBroken) {
            // What matters has been said, or the connection is of no more use.
        }
    }
}
