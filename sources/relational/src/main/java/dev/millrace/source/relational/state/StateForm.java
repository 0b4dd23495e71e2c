package dev.millrace.source.relational.state;

import dev.millrace.error.ErrorCode;
import dev.millrace.error.MillraceException;
import dev.millrace.spi.VersionedBytes;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.Function;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;
import org.jspecify.annotations.Nullable;

/**
 * How a source's state is opened: refuses what another release wrote in a way that this one does not know, and what is damaged.
 *
 * @param source as errors call it: {@code PostgreSQL source}
 * @param code   of those errors
 */
public record StateForm(String source, ErrorCode code) {

    /** @throws MillraceException where the state has another version */
    public byte[] check(VersionedBytes state, int known) {
        return check(state, known, known);
    }

    /**
     * @param oldest that is still read
     * @throws MillraceException where the state has a version that is not among them
     */
    public byte[] check(VersionedBytes state, int oldest, int known) {
        if (state.version() < oldest || state.version() > known) {
            throw new MillraceException(
                    code,
                    "The state of the " + source + " has version " + state.version() + "; this release knows version "
                            + known + ".",
                    "Use the Millrace release that wrote the state, or a later one.");
        }
        return state.bytes();
    }

    /**
     * Reads all of it.
     *
     * @throws MillraceException where what is read makes no sense
     */
    public <T> T read(byte[] bytes, Function<StateReader, T> reading) {
        try {
            return reading.apply(reader(bytes));
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            throw damaged("holds what makes no sense (" + e.getMessage() + ")", e);
        }
    }

    public StateReader reader(byte[] bytes) {
        return new StateReader(this, bytes);
    }

    /** Reads what {@link #compress} made. */
    public StateReader readerOfCompressed(byte[] bytes) {
        return reader(expand(bytes));
    }

    /** Names and types of a thousand tables repeat themselves. */
    public static byte[] compress(byte[] bytes) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (DeflaterOutputStream deflater = new DeflaterOutputStream(out)) {
            deflater.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    /** @throws MillraceException where the bytes are damaged */
    public byte[] expand(byte[] bytes) {
        try (InflaterInputStream inflater = new InflaterInputStream(new ByteArrayInputStream(bytes))) {
            return inflater.readAllBytes();
        } catch (IOException e) {
            throw damaged("can't be unpacked (" + e.getMessage() + ")", e);
        }
    }

    /** @param what is wrong with it, to follow "the state" */
    public MillraceException damaged(String what, @Nullable Throwable cause) {
        return new MillraceException(
                code,
                "The state of the " + source + " " + what + ": it is damaged.",
                "Restore the state folder from a backup, or drop the pipeline ('cdc drop'),"
                        + " remove its tables from the sink and start anew.",
                cause);
    }
}
