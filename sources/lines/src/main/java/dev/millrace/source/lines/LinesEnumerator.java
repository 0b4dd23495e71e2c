package dev.millrace.source.lines;

import dev.millrace.schema.SchemaChange;
import dev.millrace.spi.SourceContext.ReadMode;
import dev.millrace.spi.Split;
import dev.millrace.spi.SplitEnumerator;
import dev.millrace.spi.VersionedBytes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Looks what the folder holds, and hands out what has not been read of it. */
final class LinesEnumerator implements SplitEnumerator {
    private static final int VERSION = 1;

    private final Path folder;
    private final ReadMode mode;
    /** How far each file was read, and how long it was then: what lies between is the beginning of a line. */
    private final Map<String, Stretch> done = new TreeMap<>();

    private final Set<String> withReaders = new HashSet<>();
    private final Deque<Stretch> pending = new ArrayDeque<>();
    private boolean looked;

    LinesEnumerator(Path folder, ReadMode mode, Optional<VersionedBytes> restored, List<Split> unfinished) {
        this.folder = folder;
        this.mode = mode;
        restored.ifPresent(this::restore);
        // Read to where the file ends now, not to where it ended then.
        unfinished.stream().map(Stretch::of).forEach(stretch -> done.put(stretch.file(), stretch.upTo(stretch.from())));
    }

    @Override
    public List<SchemaChange> openingChanges() {
        return List.of(new SchemaChange.CreateTable(LinesSource.SCHEMA));
    }

    @Override
    public Assignment next(int reader) {
        if (pending.isEmpty() && (mode == ReadMode.CONTINUOUS || !looked)) {
            look();
            looked = true;
        }
        if (!pending.isEmpty()) {
            Stretch stretch = pending.removeFirst();
            withReaders.add(stretch.file());
            return new Assignment.Read(stretch.toSplit());
        }
        return mode == ReadMode.CONTINUOUS ? new Assignment.Wait() : new Assignment.Done();
    }

    @Override
    public void finished(Split split) {
        Stretch read = Stretch.of(split);
        withReaders.remove(read.file());
        done.put(read.file(), read);
    }

    /** One line a file: how far it was read, how long it was, its name. What is pending is found again. */
    @Override
    public VersionedBytes state() {
        StringBuilder text = new StringBuilder();
        done.values().stream()
                .filter(stretch -> !withReaders.contains(stretch.file()))
                .forEach(stretch -> text.append(stretch.from())
                        .append(' ')
                        .append(stretch.to())
                        .append(' ')
                        .append(stretch.file())
                        .append('\0'));
        return new VersionedBytes(VERSION, text.toString().getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void close() {
        // holds nothing open
    }

    private void restore(VersionedBytes state) {
        for (String line : new String(state.bytes(), StandardCharsets.UTF_8).split("\0")) {
            if (!line.isEmpty()) {
                String[] parts = line.split(" ", 3);
                done.put(parts[2], new Stretch(parts[2], Long.parseLong(parts[0]), Long.parseLong(parts[1])));
            }
        }
    }

    private void look() {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                String name = file.getFileName().toString();
                if (!name.startsWith(".") && !withReaders.contains(name)) {
                    lookAt(name, Files.size(file));
                }
            }
        } catch (IOException e) {
            throw LinesError.io(folder, e);
        }
    }

    private void lookAt(String name, long size) {
        Stretch before = done.getOrDefault(name, new Stretch(name, 0, 0));
        if (size < before.from()) {
            throw LinesError.shrunk(folder.resolve(name), before.from(), size);
        }
        if (size > before.to()) {
            pending.addLast(before.upTo(size));
        }
    }
}
