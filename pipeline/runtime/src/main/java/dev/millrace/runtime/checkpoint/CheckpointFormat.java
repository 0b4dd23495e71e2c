package dev.millrace.runtime.checkpoint;

import dev.millrace.runtime.checkpoint.Checkpoint.Target;
import dev.millrace.schema.TableId;
import dev.millrace.spi.CommitRequest;
import dev.millrace.spi.Committable;
import dev.millrace.spi.Split;
import dev.millrace.spi.VersionedBytes;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32C;

/**
 * The bytes of a checkpoint: a magic word, a version, the fields in order, and a checksum over all of it. Text is UTF-8
 * behind its length; numbers are big-endian. Version 1 did not name the target.
 */
final class CheckpointFormat {
    private static final int MAGIC = 0x4d524350;
    private static final int VERSION = 2;
    private static final int WITHOUT_TARGET = 1;
    private static final int CHECKSUM_BYTES = 4;

    private CheckpointFormat() {}

    static byte[] write(Checkpoint checkpoint) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeInt(MAGIC);
            out.writeInt(VERSION);
            writeText(out, checkpoint.pipeline());
            writeText(out, checkpoint.takenAt().toString());
            writeState(out, checkpoint.enumerator());
            out.writeInt(checkpoint.splits().size());
            for (Split split : checkpoint.splits()) {
                writeText(out, split.id());
                writeState(out, split.state());
            }
            writeCommit(out, checkpoint.commit());
            out.writeLong(checkpoint.watermarkMicros());
            out.writeLong(checkpoint.previousWithRows());
            writeTarget(out, checkpoint.target());
            out.writeInt(checksum(bytes.toByteArray(), bytes.size()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** @throws IOException where these are not the bytes that {@link #write} made, saying what is wrong */
    static Checkpoint read(byte[] bytes) throws IOException {
        int end = bytes.length - CHECKSUM_BYTES;
        if (end < 2 * Integer.BYTES || ByteBuffer.wrap(bytes).getInt() != MAGIC) {
            throw new IOException("it is not a checkpoint of Millrace, or cut short (" + bytes.length + " bytes)");
        }
        if (checksum(bytes, end) != ByteBuffer.wrap(bytes).getInt(end)) {
            throw new IOException("its checksum is wrong");
        }
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes, Integer.BYTES, end - Integer.BYTES));
        int version = in.readInt();
        if (version != VERSION && version != WITHOUT_TARGET) {
            throw new IOException(
                    "its format has version " + version + ", this release reads versions up to " + VERSION);
        }
        String pipeline = readText(in);
        Instant takenAt = Instant.parse(readText(in));
        VersionedBytes enumerator = readState(in);
        List<Split> splits = new ArrayList<>();
        for (int left = in.readInt(); left > 0; left--) {
            splits.add(new Split(readText(in), readState(in)));
        }
        CommitRequest commit = readCommit(in);
        long watermarkMicros = in.readLong();
        long previousWithRows = in.readLong();
        Target target = version == WITHOUT_TARGET ? Target.UNKNOWN : readTarget(in);
        return new Checkpoint(pipeline, takenAt, enumerator, splits, commit, watermarkMicros, target, previousWithRows);
    }

    private static void writeCommit(DataOutputStream out, CommitRequest commit) throws IOException {
        out.writeLong(commit.checkpointId());
        writeText(out, commit.sourcePosition());
        out.writeLong(commit.completeMicros());
        out.writeBoolean(commit.consistent());
        out.writeInt(commit.committables().size());
        for (Committable committable : commit.committables()) {
            writeTable(out, committable.table());
            writeState(out, committable.content());
        }
    }

    private static CommitRequest readCommit(DataInputStream in) throws IOException {
        long id = in.readLong();
        String position = readText(in);
        long completeMicros = in.readLong();
        boolean consistent = in.readBoolean();
        List<Committable> committables = new ArrayList<>();
        for (int left = in.readInt(); left > 0; left--) {
            committables.add(new Committable(readTable(in), readState(in)));
        }
        return new CommitRequest(id, committables, position, completeMicros, consistent);
    }

    private static void writeTarget(DataOutputStream out, Target target) throws IOException {
        writeText(out, target.location());
        out.writeInt(target.tables().size());
        for (Map.Entry<TableId, TableId> table : target.tables().entrySet()) {
            writeTable(out, table.getKey());
            writeTable(out, table.getValue());
        }
    }

    private static Target readTarget(DataInputStream in) throws IOException {
        String location = readText(in);
        Map<TableId, TableId> tables = new HashMap<>();
        for (int left = in.readInt(); left > 0; left--) {
            tables.put(readTable(in), readTable(in));
        }
        return new Target(location, tables);
    }

    private static void writeTable(DataOutputStream out, TableId table) throws IOException {
        writeText(out, table.database());
        writeText(out, table.schema());
        writeText(out, table.name());
    }

    private static TableId readTable(DataInputStream in) throws IOException {
        return new TableId(readText(in), readText(in), readText(in));
    }

    private static void writeState(DataOutputStream out, VersionedBytes state) throws IOException {
        out.writeInt(state.version());
        out.writeInt(state.bytes().length);
        out.write(state.bytes());
    }

    private static VersionedBytes readState(DataInputStream in) throws IOException {
        int version = in.readInt();
        return new VersionedBytes(version, readBytes(in));
    }

    private static void writeText(DataOutputStream out, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    private static String readText(DataInputStream in) throws IOException {
        return new String(readBytes(in), StandardCharsets.UTF_8);
    }

    private static byte[] readBytes(DataInputStream in) throws IOException {
        byte[] bytes = new byte[in.readInt()];
        in.readFully(bytes);
        return bytes;
    }

    private static int checksum(byte[] bytes, int length) {
        CRC32C checksum = new CRC32C();
        checksum.update(bytes, 0, length);
        return (int) checksum.getValue();
    }
}
