package dev.millrace.source.mysql.event;

import dev.millrace.source.mysql.bytes.ByteReader;
import dev.millrace.source.mysql.bytes.LittleEndian;
import dev.millrace.source.mysql.failure.ProtocolFailure;
import dev.millrace.source.mysql.types.StorageType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The tables that the log has announced, by the number it gave them. Servers announce a table before each statement:
 * where the bytes are those of the last time, nothing is read again.
 */
final class TableMaps {
    /** Numbers grow with every table that is opened anew, and old ones are never said to be over. */
    private static final int MOST = 10_000;

    private static final int NUMBER = 6;
    private static final int FLAGS = 2;

    private final Map<Long, Known> byNumber = new HashMap<>();
    private @Nullable Known last;
    private boolean mariaDb;

    private record Known(byte[] bytes, LogEvent.TableMapped event) {
        TableMap table() {
            return event.table();
        }
    }

    /** The tables that follow are announced by a server of this kind. */
    void from(LogEvent.Format format) {
        mariaDb = format.serverVersion().contains("MariaDB");
        byNumber.clear();
        last = null;
    }

    /** @param start behind the header */
    LogEvent.TableMapped announced(byte[] source, int start, int end) {
        Known recent = last;
        if (recent != null && isSame(recent, source, start, end)) {
            return recent.event();
        }
        long number = LittleEndian.uint6(source, start);
        Known known = byNumber.get(number);
        if (known == null || !isSame(known, source, start, end)) {
            known = new Known(
                    Arrays.copyOfRange(source, start, end), new LogEvent.TableMapped(read(number, source, start, end)));
            if (byNumber.size() >= MOST) {
                byNumber.clear();
            }
            byNumber.put(number, known);
        }
        last = known;
        return known.event();
    }

    TableMap numbered(long number) {
        Known recent = last;
        if (recent != null && recent.table().number() == number) {
            return recent.table();
        }
        Known known = byNumber.get(number);
        if (known == null) {
            throw ProtocolFailure.of("The log has rows of table number " + number + ", which it never announced");
        }
        return known.table();
    }

    private static boolean isSame(Known known, byte[] source, int start, int end) {
        byte[] bytes = known.bytes();
        return Arrays.equals(bytes, 0, bytes.length, source, start, end);
    }

    private TableMap read(long number, byte[] source, int start, int end) {
        ByteReader reader = new ByteReader(source, start, end);
        reader.skip(NUMBER + FLAGS);
        String database = reader.text(reader.length());
        reader.skip(1);
        String table = reader.text(reader.length());
        reader.skip(1);
        byte[] codes = reader.bytes(reader.length());
        int metadataLength = reader.length();
        int metadata = reader.at();
        reader.skip(metadataLength);
        List<StorageType> types = new ArrayList<>();
        for (byte code : codes) {
            types.add(StorageType.read(code & 0xff, source, metadata));
            metadata += StorageType.metadataLength(code & 0xff);
        }
        int nullable = reader.at();
        reader.skip((codes.length + 7) / 8);
        TableMetadata details = new TableMetadata(types, mariaDb);
        details.read(reader, source);
        return new TableMap(
                number, database, table, details.columns(source, nullable), details.primaryKey(), details.saysSigns());
    }
}
