package dev.millrace.runtime.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.config.ConfigSection;
import dev.millrace.config.Place;
import dev.millrace.error.MillraceException;
import dev.millrace.runtime.RuntimeCode;
import dev.millrace.spi.state.Ownership;
import dev.millrace.spi.state.StateStorage;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileStateStorageTest {
    private static final ConfigSection NO_OPTIONS = new ConfigSection("state", new Place("test", 1, 1), Map.of());
    private final FileStateStorageFactory factory = new FileStateStorageFactory();

    @TempDir
    Path folder;

    @Test
    void keepsWhatWasCreated() {
        StateStorage storage = factory.open(location(), NO_OPTIONS);

        assertThat(storage.create("b", new byte[] {1, 2})).isTrue();
        assertThat(storage.create("a", new byte[0])).isTrue();

        assertThat(storage.list()).containsExactly("a", "b");
        assertThat(factory.open(location(), NO_OPTIONS).read("b")).hasValue(new byte[] {1, 2});
        assertThat(storage.read("c")).isEmpty();
    }

    @Test
    void neverReplacesABlob() {
        StateStorage storage = factory.open(location(), NO_OPTIONS);
        storage.create("a", new byte[] {1});

        assertThat(storage.create("a", new byte[] {2})).isFalse();

        assertThat(storage.read("a")).hasValue(new byte[] {1});
    }

    @Test
    void writesOverTheRemainsOfACrash() throws Exception {
        StateStorage storage = factory.open(location(), NO_OPTIONS);
        Files.write(folder.resolve("state").resolve(".a.unfinished"), new byte[100]);

        assertThat(storage.list()).isEmpty();
        assertThat(storage.create("a", new byte[] {1})).isTrue();

        assertThat(storage.read("a")).hasValue(new byte[] {1});
    }

    @Test
    void deletesABlobAndMindsNotIfThereIsNone() {
        StateStorage storage = factory.open(location(), NO_OPTIONS);
        storage.create("a", new byte[] {1});

        storage.delete("a");
        storage.delete("a");

        assertThat(storage.list()).isEmpty();
    }

    @Test
    void saysWhatFailedWhenTheFolderIsGone() throws Exception {
        StateStorage storage = factory.open(location(), NO_OPTIONS);
        Files.delete(folder.resolve("state"));

        assertThatThrownBy(() -> storage.create("a", new byte[] {1}))
                .isInstanceOfSatisfying(
                        MillraceException.class, e -> assertThat(e.code()).isEqualTo(RuntimeCode.STATE_IO))
                .hasMessageContaining(folder.resolve("state").toString());
    }

    @Test
    void refusesASecondOwnerAndNamesTheFirst() {
        try (Ownership first = factory.acquire(location(), NO_OPTIONS, "process 42 on host a")) {
            first.renew();

            assertThatThrownBy(() -> factory.acquire(location(), NO_OPTIONS, "process 43"))
                    .isInstanceOfSatisfying(
                            MillraceException.class, e -> assertThat(e.code()).isEqualTo(RuntimeCode.STATE_OWNED))
                    .hasMessageContaining("process 42 on host a");
        }
    }

    @Test
    void keepsItsLockWhenTheSameProcessAsksAgain() throws Exception {
        try (Ownership first = factory.acquire(location(), NO_OPTIONS, "the first")) {
            assertThatThrownBy(() -> factory.acquire(location(), NO_OPTIONS, "the second"))
                    .hasMessageContaining("the first");
            assertThat(factory.owner(location(), NO_OPTIONS)).contains("the first");
            first.renew();

            assertThat(OtherProcess.mayOwn(folder.resolve("state"))).isFalse();
        }
        assertThat(OtherProcess.mayOwn(folder.resolve("state"))).isTrue();
    }

    @Test
    void saysWhoOwnsIt() {
        assertThat(factory.owner(location(), NO_OPTIONS)).isEmpty();
        try (Ownership first = factory.acquire(location(), NO_OPTIONS, "the first")) {
            first.renew();
            assertThat(factory.owner(location(), NO_OPTIONS)).contains("the first");
        }
        assertThat(factory.owner(location(), NO_OPTIONS)).isEmpty();
    }

    @Test
    void looksForTheOwnerWithoutKeepingAnybodyFromBecomingIt() throws Exception {
        factory.acquire(location(), NO_OPTIONS, "an earlier one").close();
        try (OtherProcess looking = OtherProcess.looking(folder.resolve("state"));
                Ownership first = factory.acquire(location(), NO_OPTIONS, "the first")) {
            first.renew();
            looking.close();
            first.renew();

            assertThat(OtherProcess.ownerOf(folder.resolve("state"))).isEqualTo("the first");
        }
    }

    @Test
    void givesUpOwnershipWhenItIsClosed() {
        factory.acquire(location(), NO_OPTIONS, "the first").close();

        factory.acquire(location(), NO_OPTIONS, "the second").close();
    }

    @Test
    void noticesThatItsLockWasRemoved() throws Exception {
        try (Ownership first = factory.acquire(location(), NO_OPTIONS, "the first")) {
            Files.delete(folder.resolve("state").resolve(".owner"));
            factory.acquire(location(), NO_OPTIONS, "the second");

            assertThatThrownBy(first::renew)
                    .isInstanceOfSatisfying(
                            MillraceException.class, e -> assertThat(e.code()).isEqualTo(RuntimeCode.STATE_TAKEN));
        }
    }

    private URI location() {
        return folder.resolve("state").toUri();
    }
}
