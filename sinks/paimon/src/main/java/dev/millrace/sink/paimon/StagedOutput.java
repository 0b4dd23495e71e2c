package dev.millrace.sink.paimon;

import dev.millrace.spi.VersionedBytes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.apache.paimon.io.DataInputDeserializer;
import org.apache.paimon.io.DataOutputViewStreamWrapper;
import org.apache.paimon.table.sink.CommitMessage;
import org.apache.paimon.table.sink.CommitMessageSerializer;

/**
 * What a writer hands over at a barrier for one table.
 *
 * @param truncated whether everything that the table holds is gone once this is visible
 */
record StagedOutput(boolean truncated, List<CommitMessage> messages) {
    private static final int VERSION = 1;

    VersionedBytes serialize() {
        CommitMessageSerializer serializer = new CommitMessageSerializer();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            DataOutputViewStreamWrapper out = new DataOutputViewStreamWrapper(bytes);
            out.writeBoolean(truncated);
            out.writeInt(serializer.getVersion());
            serializer.serializeList(messages, out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new VersionedBytes(VERSION, bytes.toByteArray());
    }

    static StagedOutput deserialize(VersionedBytes content) {
        if (content.version() != VERSION) {
            throw new IllegalArgumentException("staged output of version " + content.version());
        }
        try {
            DataInputDeserializer in = new DataInputDeserializer(content.bytes());
            boolean truncated = in.readBoolean();
            int version = in.readInt();
            return new StagedOutput(truncated, new CommitMessageSerializer().deserializeList(version, in));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
