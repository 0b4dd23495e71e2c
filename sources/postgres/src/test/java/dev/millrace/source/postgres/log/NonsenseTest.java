package dev.millrace.source.postgres.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.error.MillraceException;
import dev.millrace.model.ChangeBatch;
import dev.millrace.schema.TableId;
import dev.millrace.source.postgres.catalog.PgColumn;
import dev.millrace.source.postgres.catalog.PgTable;
import dev.millrace.source.postgres.catalog.PgTable.Identity;
import dev.millrace.source.postgres.catalog.PgType;
import dev.millrace.source.postgres.failure.PostgresError;
import dev.millrace.source.postgres.split.LogSplit;
import dev.millrace.source.postgres.split.SkipRules;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** Messages that no server sends. */
class NonsenseTest {
    private static final int TABLE = 4711;
    private static final byte[] NUMERIC = {0, 1, 0, 0, 0, 0, 0, 2, 0, 12};
    private static final byte[] TEXT_ARRAY = {
        0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 25, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1, 'x'
    };

    private static Changelog changelog() {
        LogSplit.Target target =
                LogSplit.Target.of("slot", "publication", Optional.empty(), List.of(table()), SkipRules.NONE);
        return new Changelog(new LogSplit(0, Optional.empty(), 0, target), Path.of("unused"), 1 << 20);
    }

    private static PgTable table() {
        PgType text = PgType.builtIn(25, "text");
        PgType array = new PgType(
                1009, PgType.OWN_SCHEMA, "_text", PgType.Kind.ARRAY, "", Optional.of(text), -1, 0, List.of());
        List<PgType> types = List.of(
                PgType.builtIn(20, "int8"),
                text,
                PgType.builtIn(1700, "numeric"),
                array,
                PgType.builtIn(3802, "jsonb"),
                PgType.builtIn(1114, "timestamp"));
        List<PgColumn> columns = new ArrayList<>();
        for (PgType type : types) {
            int number = columns.size() + 1;
            columns.add(new PgColumn(number, "c" + number, type, -1, 0, number == 1, Optional.empty()));
        }
        return new PgTable(
                TABLE,
                new TableId("db", "public", "t"),
                columns,
                List.of(1),
                Identity.DEFAULT,
                true,
                false,
                List.of(),
                Optional.empty());
    }

    private static byte[] message(Content content) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            content.write(new DataOutputStream(bytes));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return bytes.toByteArray();
    }

    private interface Content {
        void write(DataOutputStream to) throws IOException;
    }

    private static void row(DataOutputStream to) throws IOException {
        List<byte[]> cells = List.of(
                new byte[8],
                "text".getBytes(StandardCharsets.UTF_8),
                NUMERIC,
                TEXT_ARRAY,
                new byte[] {1, '{', '}'},
                new byte[8]);
        to.writeShort(cells.size());
        for (byte[] cell : cells) {
            to.writeByte('b');
            to.writeInt(cell.length);
            to.write(cell);
        }
    }

    private static byte[] begin() {
        return message(to -> {
            to.writeByte('B');
            to.writeLong(1000);
            to.writeLong(0);
            to.writeInt(7);
        });
    }

    private static byte[] insert() {
        return message(to -> {
            to.writeByte('I');
            to.writeInt(TABLE);
            to.writeByte('N');
            row(to);
        });
    }

    private static byte[] update() {
        return message(to -> {
            to.writeByte('U');
            to.writeInt(TABLE);
            to.writeByte('O');
            row(to);
            to.writeByte('N');
            row(to);
        });
    }

    private static byte[] relation() {
        return message(to -> {
            to.writeByte('R');
            to.writeInt(TABLE);
            to.write("public\0t\0d".getBytes(StandardCharsets.UTF_8));
            List<PgColumn> columns = table().columns();
            to.writeShort(columns.size());
            for (PgColumn column : columns) {
                to.writeByte(column.number() == 1 ? 1 : 0);
                to.write((column.name() + "\0").getBytes(StandardCharsets.UTF_8));
                to.writeInt(column.type().oid());
                to.writeInt(-1);
            }
        });
    }

    private static byte[] truncate() {
        return message(to -> {
            to.writeByte('T');
            to.writeInt(1);
            to.writeByte(0);
            to.writeInt(TABLE);
        });
    }

    @Example
    void readsThemWhileTheyAreRight() {
        Changelog changelog = changelog();
        AtomicInteger rows = new AtomicInteger();
        for (byte[] message : List.of(begin(), relation(), insert(), update(), truncate(), insert())) {
            changelog.read(
                    message,
                    0,
                    message.length,
                    element -> rows.addAndGet(element instanceof ChangeBatch batch ? batch.rows() : 0));
        }
        changelog.flush(element -> rows.addAndGet(((ChangeBatch) element).rows()));

        assertThat(rows).hasValue(4);
    }

    @Property
    void namesRandomBytesAsNonsense(@ForAll @Size(max = 60) byte[] message, @ForAll Kind kind) {
        byte[] bytes = new byte[message.length + 1];
        bytes[0] = kind.code();
        System.arraycopy(message, 0, bytes, 1, message.length);
        readOrRefuse(bytes);
    }

    @Property
    void namesDamagedMessagesAsNonsense(
            @ForAll @IntRange(max = 4) int which,
            @ForAll @IntRange(max = 200) int place,
            @ForAll byte value,
            @ForAll @IntRange(max = 200) int cut) {
        byte[] message =
                List.of(insert(), update(), relation(), truncate(), begin()).get(which);
        message[place % message.length] = value;
        byte[] bytes = cut < message.length && cut > 0 ? java.util.Arrays.copyOf(message, cut) : message;
        readOrRefuse(bytes);
    }

    private void readOrRefuse(byte[] bytes) {
        try (Changelog changelog = changelog()) {
            changelog.read(bytes, 0, bytes.length, element -> {});
        } catch (MillraceException e) {
            assertThat(e.code())
                    .isIn(Set.of(
                            PostgresError.PROTOCOL,
                            PostgresError.SCHEMA,
                            PostgresError.VALUE,
                            PostgresError.TYPE,
                            PostgresError.UNCHANGED,
                            PostgresError.REPLICA_IDENTITY));
        }
    }

    /** Every kind there is, and one that there is not. */
    enum Kind {
        B,
        C,
        I,
        U,
        D,
        R,
        T,
        Y,
        O,
        M,
        S,
        E,
        A,
        Z;

        byte code() {
            return (byte) name().charAt(0);
        }
    }
}
