package dev.millrace.sink.paimon.s3;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.paimon.fs.PositionOutputStream;
import software.amazon.awssdk.services.s3.model.CompletedPart;

/** Writes an object: by one put where it is small, else in parts. It is there, whole, when the stream is closed. */
final class S3Output extends PositionOutputStream {
    private static final int PART_BYTES = 8 << 20;
    private static final int FIRST_BYTES = 64 << 10;
    private final S3Objects objects;
    private final S3Address address;
    private final List<CompletedPart> parts = new ArrayList<>();
    private byte[] buffer = new byte[FIRST_BYTES];
    private int buffered;
    private long position;
    private Optional<String> upload = Optional.empty();
    private boolean failed;
    private boolean closed;

    S3Output(S3Objects objects, S3Address address) {
        this.objects = objects;
        this.address = address;
    }

    @Override
    public long getPos() {
        return position;
    }

    @Override
    public void write(int value) throws IOException {
        write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] bytes) throws IOException {
        write(bytes, 0, bytes.length);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        int done = 0;
        while (done < length) {
            if (buffered == PART_BYTES) {
                uploadBuffer();
            }
            int count = Math.min(length - done, PART_BYTES - buffered);
            reserve(buffered + count);
            System.arraycopy(bytes, offset + done, buffer, buffered, count);
            buffered += count;
            done += count;
        }
        position += length;
    }

    /** What is buffered becomes durable when the stream is closed, not before: S3 has no other way. */
    @Override
    public void flush() {}

    @Override
    public void close() throws IOException {
        if (closed) {
            return;
        }
        closed = true;
        if (failed) {
            giveUp();
        } else if (upload.isEmpty()) {
            objects.put(address, Arrays.copyOf(buffer, buffered));
        } else {
            uploadBuffer();
            objects.completeUpload(address, upload.get(), parts);
        }
        buffer = new byte[0];
    }

    private void uploadBuffer() throws IOException {
        boolean done = false;
        try {
            if (upload.isEmpty()) {
                upload = Optional.of(objects.startUpload(address));
            }
            parts.add(objects.uploadPart(address, upload.get(), parts.size() + 1, Arrays.copyOf(buffer, buffered)));
            buffered = 0;
            done = true;
        } finally {
            failed |= !done;
        }
    }

    private void giveUp() throws IOException {
        if (upload.isPresent()) {
            objects.abortUpload(address, upload.get());
        }
    }

    private void reserve(int needed) {
        if (needed > buffer.length) {
            buffer = Arrays.copyOf(buffer, Math.min(PART_BYTES, Math.max(needed, 2 * buffer.length)));
        }
    }
}
