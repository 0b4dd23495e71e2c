package dev.millrace.source.mysql.event;

import dev.millrace.error.MillraceException;
import dev.millrace.source.mysql.bytes.ByteReader;
import dev.millrace.source.mysql.bytes.LittleEndian;
import dev.millrace.source.mysql.bytes.RangeSource;
import dev.millrace.source.mysql.failure.MySqlError;
import dev.millrace.source.mysql.failure.ProtocolFailure;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the log event by event, those of compressed transactions among them. Confined to one thread. */
public final class EventReader {
    private static final int SERVER = 5;
    private static final TableMap NOTHING = new TableMap(-1, "", "", List.of(), List.of(), false);

    private final RangeSource log;
    private final Checksums checksums = new Checksums();
    private final TableMaps tables = new TableMaps();
    private final RowsEvent rows = new RowsEvent(NOTHING);
    private @Nullable PayloadSource payload;
    private long seconds;
    private long next;

    public EventReader(RangeSource log) {
        this.log = log;
    }

    /**
     * Waits for the next event.
     *
     * @return null at the end of the log
     * @throws MillraceException for a damaged event, one that makes no sense, or one that is not understood and could hold rows
     */
    public @Nullable LogEvent next() {
        while (true) {
            PayloadSource packed = payload;
            if (packed != null && packed.next()) {
                payload = packed.hasNext() ? packed : null;
                return decoded(packed.buffer(), packed.start(), packed.end());
            }
            payload = null;
            if (!log.next()) {
                return null;
            }
            LogEvent event = ofLog(log.buffer(), log.start(), log.end());
            if (event != null) {
                return event;
            }
        }
    }

    /** Whether the next event is at hand, as part of a compressed transaction. */
    public boolean isInsideTransaction() {
        return payload != null;
    }

    /** When the server wrote the event, in seconds since the epoch; 0 for one that is in no file. */
    public long seconds() {
        return seconds;
    }

    /** Where in the file the event ends, modulo 4 GB; 0 for one that is in no file. */
    public long nextOffset() {
        return next;
    }

    /** Null for a compressed transaction: its events come instead of it. */
    private @Nullable LogEvent ofLog(byte[] source, int start, int end) {
        if (end - start < EventHeader.LENGTH || EventHeader.size(source, start) != end - start) {
            throw ProtocolFailure.of("The log has an event of " + (end - start) + " bytes that says otherwise");
        }
        seconds = EventHeader.seconds(source, start);
        next = EventHeader.next(source, start);
        int type = EventHeader.type(source, start);
        if (type == EventType.FORMAT_DESCRIPTION) {
            int content = checksums.describedBy(source, start, end);
            LogEvent.Format format = ControlEvents.format(
                    new ByteReader(source, start + EventHeader.LENGTH, content), checksums.arePresent());
            tables.from(format);
            return format;
        }
        int content = checksums.contentEnd(source, start, end);
        if (type == EventType.TRANSACTION_PAYLOAD) {
            payload = PayloadSource.open(source, start + EventHeader.LENGTH, content);
            return null;
        }
        return decoded(source, start, content);
    }

    private LogEvent decoded(byte[] source, int start, int end) {
        int type = EventHeader.type(source, start);
        int from = start + EventHeader.LENGTH;
        return switch (type) {
            case EventType.WRITE_ROWS_V1 -> rows(RowsEvent.Kind.INSERT, false, source, from, end);
            case EventType.UPDATE_ROWS_V1 -> rows(RowsEvent.Kind.UPDATE, false, source, from, end);
            case EventType.DELETE_ROWS_V1 -> rows(RowsEvent.Kind.DELETE, false, source, from, end);
            case EventType.WRITE_ROWS -> rows(RowsEvent.Kind.INSERT, true, source, from, end);
            case EventType.UPDATE_ROWS -> rows(RowsEvent.Kind.UPDATE, true, source, from, end);
            case EventType.DELETE_ROWS -> rows(RowsEvent.Kind.DELETE, true, source, from, end);
            case EventType.MARIADB_COMPRESSED_WRITE_ROWS -> packedRows(RowsEvent.Kind.INSERT, source, from, end);
            case EventType.MARIADB_COMPRESSED_UPDATE_ROWS -> packedRows(RowsEvent.Kind.UPDATE, source, from, end);
            case EventType.MARIADB_COMPRESSED_DELETE_ROWS -> packedRows(RowsEvent.Kind.DELETE, source, from, end);
            case EventType.PARTIAL_UPDATE_ROWS ->
                new LogEvent.PartialUpdate(tables.numbered(new ByteReader(source, from, end).uint6()));
            case EventType.TABLE_MAP -> tables.announced(source, from, end);
            default -> control(type, source, start, end);
        };
    }

    private RowsEvent rows(RowsEvent.Kind kind, boolean hasExtra, byte[] source, int start, int end) {
        ByteReader reader = new ByteReader(source, start, end);
        TableMap table = tables.numbered(reader.uint6());
        int flags = reader.uint2();
        if (hasExtra) {
            reader.skip(reader.uint2() - 2);
        }
        rows.read(kind, table, flags, reader);
        rows.images(source, reader.at(), end);
        return rows;
    }

    /** What stands before the images is not compressed. */
    private RowsEvent packedRows(RowsEvent.Kind kind, byte[] source, int start, int end) {
        rows(kind, false, source, start, end);
        byte[] images = MariaDbPacking.unpack(source, rows.start(), end);
        rows.images(images, 0, images.length);
        return rows;
    }

    private static LogEvent control(int type, byte[] source, int start, int end) {
        ByteReader content = new ByteReader(source, start + EventHeader.LENGTH, end);
        return switch (type) {
            case EventType.ROTATE -> ControlEvents.rotation(content);
            case EventType.GTID -> ControlEvents.begin(content);
            case EventType.ANONYMOUS_GTID -> ControlEvents.anonymousBegin(content);
            case EventType.MARIADB_GTID ->
                ControlEvents.mariaDbBegin(content, LittleEndian.uint4(source, start + SERVER));
            case EventType.STATEMENT -> ControlEvents.statement(content, source, false);
            case EventType.MARIADB_COMPRESSED_STATEMENT -> ControlEvents.statement(content, source, true);
            case EventType.COMMIT -> new LogEvent.Commit(content.int8());
            case EventType.XA_PREPARE -> new LogEvent.XaPrepare(content.uint1() != 0);
            case EventType.HEARTBEAT, EventType.HEARTBEAT_V2 -> new LogEvent.Heartbeat();
            case EventType.INCIDENT -> throw incident();
            case EventType.TAGGED_GTID ->
                throw unsupported("transactions with a tag", "Leave tags out of gtid_next at the server.");
            default -> {
                if (!EventType.mayBeIgnored(type, LittleEndian.uint2(source, EventHeader.flags(start)))) {
                    throw unsupported("events of type " + type, "Report this with the server's version.");
                }
                yield new LogEvent.Ignored(type);
            }
        };
    }

    private static MillraceException incident() {
        return new MillraceException(
                MySqlError.LOG_LOST,
                "The server says that its log misses events at this place.",
                "Read the server's log for the cause, then start the pipeline anew with a snapshot.");
    }

    private static MillraceException unsupported(String what, String nextStep) {
        return new MillraceException(
                MySqlError.UNSUPPORTED, "The log holds " + what + ", which can't be read yet.", nextStep);
    }
}
