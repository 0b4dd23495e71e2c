package dev.millrace.runtime.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.schema.TableId;
import dev.millrace.spi.CommitRequest;
import dev.millrace.spi.Committable;
import dev.millrace.spi.Split;
import dev.millrace.spi.VersionedBytes;
import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
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
        return Combinators.combine(names, states, splits, commits, Arbitraries.longs())
                .as((pipeline, enumerator, held, commit, number) -> new Checkpoint(
                        pipeline, Instant.ofEpochSecond(number >> 20, 7), enumerator, held, commit, number, -number));
    }
}
