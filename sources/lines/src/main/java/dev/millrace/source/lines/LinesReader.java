package dev.millrace.source.lines;

import dev.millrace.error.MillraceException;
import dev.millrace.model.BytesVector;
import dev.millrace.model.ChangeBatch;
import dev.millrace.model.ChangeBatchBuilder;
import dev.millrace.model.LongVector;
import dev.millrace.model.Operation;
import dev.millrace.model.Watermark;
import dev.millrace.spi.ChangeOutput;
import dev.millrace.spi.PollRequest;
import dev.millrace.spi.ReaderPosition;
import dev.millrace.spi.SourceContext;
import dev.millrace.spi.Split;
import dev.millrace.spi.SplitReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads a block of lines a call. Keeps no file open from one call to the next. */
final class LinesReader implements SplitReader {
    private final Path folder;
    private final SourceContext context;
    private final ByteBuffer block;
    private @Nullable Stretch stretch;

    LinesReader(Path folder, SourceContext context) {
        this.folder = folder;
        this.context = context;
        this.block = ByteBuffer.allocate((int) Math.min(context.batchBytes(), 1 << 24));
    }

    @Override
    public void assign(Split split) {
        stretch = Stretch.of(split);
    }

    @Override
    public Progress poll(ChangeOutput output, PollRequest request) {
        return switch (request.purpose()) {
            case READ -> read(output);
            case REACH_BOUNDARY -> Progress.AT_BOUNDARY;
            case KEEP_ALIVE -> Progress.IDLE;
        };
    }

    /** Every call ends between two lines. */
    @Override
    public Optional<ReaderPosition> position() {
        return Optional.ofNullable(stretch)
                .map(now -> new ReaderPosition(now.toSplit(), now.file() + ":" + now.from(), Watermark.NONE, true));
    }

    @Override
    public void acknowledge(Split committed) {
        // files are not ours to forget
    }

    @Override
    public void close() {
        // holds nothing open
    }

    private Progress read(ChangeOutput output) {
        Stretch now = Objects.requireNonNull(stretch);
        fill(now);
        int end = endOfLastLine();
        if (end > 0) {
            output.emit(linesUpTo(end, now));
            stretch = now.after(now.from() + end);
            return Progress.MORE;
        }
        if (!block.hasRemaining()) {
            throw new MillraceException(
                    LinesError.TOO_LONG,
                    "The line at byte " + now.from() + " of " + folder.resolve(now.file()) + " is longer than "
                            + block.capacity() + " bytes.",
                    "Split the line, or take the file out of the folder.");
        }
        return Progress.FINISHED;
    }

    /** Reads the next bytes of the stretch into the block. */
    private void fill(Stretch now) {
        Path file = folder.resolve(now.file());
        block.clear().limit((int) Math.min(block.capacity(), now.to() - now.from()));
        int wanted = block.limit();
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            while (block.hasRemaining() && channel.read(block, now.from() + block.position()) >= 0) {
                // until the block is full or the file ends
            }
            if (block.position() < wanted) {
                throw LinesError.shrunk(file, now.to(), channel.size());
            }
        } catch (IOException e) {
            throw LinesError.io(file, e);
        }
        block.limit(block.capacity());
    }

    private int endOfLastLine() {
        for (int end = block.position(); end > 0; end--) {
            if (block.get(end - 1) == '\n') {
                return end;
            }
        }
        return 0;
    }

    private ChangeBatch linesUpTo(int end, Stretch now) {
        byte[] file = now.file().getBytes(StandardCharsets.UTF_8);
        byte[] bytes = block.array();
        long readMicros =
                ChronoUnit.MICROS.between(Instant.EPOCH, context.clock().instant());
        ChangeBatchBuilder batch = new ChangeBatchBuilder(LinesSource.SCHEMA, ChangeBatch.Origin.LOG);
        BytesVector.Builder files = (BytesVector.Builder) batch.column(0);
        LongVector.Builder positions = (LongVector.Builder) batch.column(1);
        BytesVector.Builder lines = (BytesVector.Builder) batch.column(2);
        int start = 0;
        for (int i = 0; i < end; i++) {
            if (bytes[i] == '\n') {
                long position = now.from() + start;
                requireUtf8(start, i - start, position);
                batch.startTransaction(0, readMicros, position);
                files.appendCell(file, 0, file.length);
                positions.append(position);
                lines.appendCell(bytes, start, i - start);
                batch.endRow(Operation.INSERT);
                start = i + 1;
            }
        }
        return batch.build();
    }

    private void requireUtf8(int start, int length, long position) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(block.array(), start, length));
        } catch (CharacterCodingException e) {
            throw new MillraceException(
                    LinesError.NOT_UTF8,
                    "The line at byte " + position + " of a file in " + folder + " is not UTF-8.",
                    "Convert the file, or take it out of the folder.",
                    e);
        }
    }
}
