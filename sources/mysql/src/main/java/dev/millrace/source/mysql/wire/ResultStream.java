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

    private final ServerAddress address;
    private final PacketChannel channel;
    private final String doing;
    private final List<ResultColumn> columns = new ArrayList<>();
    private int start;
    private int end;

    private ResultStream(ServerAddress address, PacketChannel channel, String doing) {
        this.address = address;
        this.channel = channel;
        this.doing = doing;
    }

    /**
     * @param doing    what errors say was being done: {@code running 'select 1'}
     * @param prepared what the server answered to the statement's preparation, read so far as it says that it is well
     */
    static ResultStream execute(ServerAddress address, PacketChannel channel, String doing, ByteReader prepared)
            throws IOException {
        ResultStream stream = new ResultStream(address, channel, doing);
        long number = prepared.uint4();
        int described = prepared.uint2();
        for (int i = 0; described > 0 && i < described + 1; i++) {
            channel.receive();
        }
        channel.command(new PacketWriter().int1(EXECUTE).int4(number).int1(0).int4(1));
        ByteReader head = channel.receiveAnswer(address, doing);
        int count = head.length();
        for (int i = 0; i < count; i++) {
            stream.columns.add(column(channel.receiveReader()));
        }
        channel.receive();
        return stream;
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

    public List<ResultColumn> columns() {
        return columns;
    }

    /** @throws MillraceException where the statement fails on its way, or the connection breaks */
    @Override
    public boolean next() {
        try {
            ByteReader packet = channel.receiveAnswer(address, doing);
            int mark = packet.remaining() == 0 ? -1 : packet.uint1();
            if (mark == ROW) {
                start = packet.at();
                end = start + packet.remaining();
                return true;
            }
            if (mark == END && packet.remaining() < LONGEST_END) {
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
