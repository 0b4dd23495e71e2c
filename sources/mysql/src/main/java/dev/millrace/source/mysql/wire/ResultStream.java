package dev.millrace.source.mysql.wire;

import dev.millrace.error.MillraceException;
import dev.millrace.source.mysql.bytes.ByteReader;
import dev.millrace.source.mysql.bytes.RangeSource;
import dev.millrace.source.mysql.failure.ProtocolFailure;
import dev.millrace.source.mysql.types.ResultColumn;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The rows of a prepared statement as the server sends them, none kept: a row begins with a bit a column that says whether it is
 * null, the first two bits unused. The session does nothing else until the last row is read.
 */
public final class ResultStream implements RangeSource {
    private static final int ROW = 0;
    private static final int END = 0xfe;
    private static final int LONGEST_END = 9;
    private static final int EXECUTE = 0x17;
    private static final int CLOSE = 0x19;

    /** What the server sends next. */
    private enum Stage {
        PREPARED,
        DESCRIPTION,
        ROWS,
        NOTHING
    }

    private final ServerAddress address;
    private final PacketChannel channel;
    private final String doing;
    private final List<ResultColumn> columns = new ArrayList<>();
    private Stage stage = Stage.PREPARED;
    private long statement;
    /** Whether the packet that comes next was received already. */
    private boolean isTaken;

    private int start;
    private int end;

    /** @param doing what errors say was being done: {@code running 'select 1'}, whose preparation was asked for */
    ResultStream(ServerAddress address, PacketChannel channel, String doing) {
        this.address = address;
        this.channel = channel;
        this.doing = doing;
    }

    /** Empty until {@link #await} has answered that there is something. */
    public List<ResultColumn> columns() {
        return columns;
    }

    /** Waits until the server has described the result. */
    void await() {
        try {
            while (stage != Stage.ROWS) {
                channel.receive();
                proceed();
            }
        } catch (IOException e) {
            throw ServerFailure.broken(address, doing, e);
        }
    }

    /**
     * Waits for what {@link #next} gives, so that it does not wait. The last row's bytes are then gone.
     *
     * @param maxNanos 0 for what is there already
     * @return whether it came within that time
     * @throws MillraceException where the statement fails, or the connection breaks
     */
    public boolean await(long maxNanos) {
        long deadline = System.nanoTime() + maxNanos;
        try {
            while (!isTaken && stage != Stage.NOTHING) {
                if (!channel.receive(Math.max(0, deadline - System.nanoTime()))) {
                    return false;
                }
                isTaken = stage == Stage.ROWS;
                if (!isTaken) {
                    proceed();
                }
            }
            return true;
        } catch (IOException e) {
            throw ServerFailure.broken(address, doing, e);
        }
    }

    /** Takes up what comes before the rows, of which the first packet was received. */
    private void proceed() throws IOException {
        ByteReader answer = channel.answer(address, doing);
        if (stage == Stage.PREPARED) {
            answer.skip(1);
            statement = answer.uint4();
            int described = answer.uint2();
            for (int i = 0; described > 0 && i < described + 1; i++) {
                channel.receive();
            }
            channel.command(
                    new PacketWriter().int1(EXECUTE).int4(statement).int1(0).int4(1));
            stage = Stage.DESCRIPTION;
        } else {
            int count = answer.length();
            for (int i = 0; i < count; i++) {
                columns.add(column(channel.receiveReader()));
            }
            channel.receive();
            stage = Stage.ROWS;
        }
    }

    private static ResultColumn column(ByteReader packet) {
        for (int i = 0; i < 4; i++) {
            packet.skip(packet.length());
        }
        String name = packet.text(packet.length());
        packet.skip(packet.length());
        packet.skip(1);
        int collation = packet.uint2();
        long length = packet.uint4();
        int code = packet.uint1();
        int flags = packet.uint2();
        return new ResultColumn(name, code, collation, flags, new ResultColumn.Size(length, packet.uint1()));
    }

    /** @throws MillraceException where the statement fails on its way, or the connection breaks */
    @Override
    public boolean next() {
        if (stage == Stage.NOTHING) {
            return false;
        }
        try {
            if (!isTaken) {
                channel.receive();
            }
            isTaken = false;
            ByteReader packet = channel.answer(address, doing);
            int mark = packet.remaining() == 0 ? -1 : packet.uint1();
            if (mark == ROW) {
                start = packet.at();
                end = start + packet.remaining();
                return true;
            }
            if (mark == END && packet.remaining() < LONGEST_END) {
                stage = Stage.NOTHING;
                channel.command(new PacketWriter().int1(CLOSE).int4(statement));
                return false;
            }
            throw ProtocolFailure.of("A row begins with byte " + mark);
        } catch (IOException e) {
            throw ServerFailure.broken(address, doing, e);
        }
    }

    @Override
    public byte[] buffer() {
        return channel.input().buffer();
    }

    @Override
    public int start() {
        return start;
    }

    @Override
    public int end() {
        return end;
    }
}
