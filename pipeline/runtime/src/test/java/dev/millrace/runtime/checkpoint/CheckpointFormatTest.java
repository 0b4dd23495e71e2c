package dev.millrace.runtime.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.schema.TableId;
import dev.millrace.spi.CommitRequest;
import dev.millrace.spi.Committable;
import dev.millrace.spi.Split;
import dev.millrace.spi.VersionedBytes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32C;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class CheckpointFormatTest {
    @Property(tries = 200)
    void readsBackWhatItWrote(@ForAll("checkpoints") Checkpoint checkpoint) throws IOException {
        Checkpoint read = CheckpointFormat.read(CheckpointFormat.write(checkpoint));

        assertThat(read).usingRecursiveComparison().isEqualTo(checkpoint);
    }

    @Property(tries = 50)
    void readsWhatWasWrittenBeforeTargetsWereNamed(@ForAll("checkpoints") Checkpoint checkpoint) throws IOException {
        Checkpoint unnamed = new Checkpoint(
                checkpoint.pipeline(),
                checkpoint.takenAt(),
                checkpoint.enumerator(),
                checkpoint.splits(),
                checkpoint.commit(),
                checkpoint.watermarkMicros(),
                Checkpoint.Target.UNKNOWN,
                checkpoint.previousWithRows());

        Checkpoint read = CheckpointFormat.read(inVersion1(CheckpointFormat.write(unnamed)));

        assertThat(read).usingRecursiveComparison().isEqualTo(unnamed);
    }

    /** An unnamed target is an empty text and an empty list at the end, before the checksum. */
    private static byte[] inVersion1(byte[] bytes) {
        ByteBuffer old = ByteBuffer.allocate(bytes.length - 2 * Integer.BYTES);
        old.put(bytes, 0, bytes.length - 3 * Integer.BYTES).putInt(Integer.BYTES, 1);
        CRC32C checksum = new CRC32C();
        checksum.update(old.array(), 0, old.position());
        return old.putInt((int) checksum.getValue()).array();
    }

    @Property(tries = 200)
    void noticesAnyChangedByte(@ForAll("checkpoints") Checkpoint checkpoint, @ForAll int place, @ForAll byte change) {
        byte[] bytes = CheckpointFormat.write(checkpoint);
        bytes[Math.floorMod(place, bytes.length)] ^= change == 0 ? 1 : change;

        assertThatThrownBy(() -> CheckpointFormat.read(bytes)).isInstanceOf(IOException.class);
    }

    @Property(tries = 200)
    void noticesAnyMissingEnd(@ForAll("checkpoints") Checkpoint checkpoint, @ForAll int length) {
        byte[] bytes = CheckpointFormat.write(checkpoint);
        byte[] torn = Arrays.copyOf(bytes, Math.floorMod(length, bytes.length));

        assertThatThrownBy(() -> CheckpointFormat.read(torn)).isInstanceOf(IOException.class);
    }

    @Provide
    Arbitrary<Checkpoint> checkpoints() {
        Arbitrary<VersionedBytes> states = Combinators.combine(
                        Arbitraries.integers(),
                        Arbitraries.bytes().array(byte[].class).ofMaxSize(50))
                .as(VersionedBytes::new);
        Arbitrary<String> names = Arbitraries.strings()
                .ofMinLength(1)
                .ofMaxLength(10)
                .filter(name -> name.chars().noneMatch(c -> Character.isSurrogate((char) c)));
        Arbitrary<List<Split>> splits =
                Combinators.combine(names, states).as(Split::new).list().ofMaxSize(5);
        Arbitrary<TableId> tables = Combinators.combine(names, names, names).as(TableId::new);
        Arbitrary<CommitRequest> commits = Combinators.combine(
                        Arbitraries.longs(),
                        Combinators.combine(tables, states)
                                .as(Committable::new)
                                .list()
                                .ofMaxSize(5),
                        names,
                        Arbitraries.longs(),
                        Arbitraries.of(true, false))
                .as(CommitRequest::new);
        Arbitrary<Checkpoint.Target> targets = Combinators.combine(
                        names, Arbitraries.maps(tables, tables).ofMaxSize(5))
                .as(Checkpoint.Target::new);
        return Combinators.combine(names, states, splits, commits, targets, Arbitraries.longs())
                .as((pipeline, enumerator, held, commit, target, number) -> new Checkpoint(
                        pipeline,
                        Instant.ofEpochSecond(number >> 20, 7),
                        enumerator,
                        held,
                        commit,
                        number,
                        target,
                        -number));
    }
}
