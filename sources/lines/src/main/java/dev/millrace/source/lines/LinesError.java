package dev.millrace.source.lines;

import dev.millrace.error.CatalogueEntry;
import dev.millrace.error.ErrorCode;
import dev.millrace.error.MillraceException;
import java.io.IOException;
import java.nio.file.Path;

enum LinesError implements ErrorCode {
    /** A file or the folder can't be read just now. */
    IO("LINES-001", Owner.SOURCE, Remedy.RESTART),
    /** A file is shorter than what was read of it. */
    SHRUNK("LINES-002", Owner.SOURCE, Remedy.STOP),
    /** A line is longer than a batch. */
    TOO_LONG("LINES-003", Owner.DATA, Remedy.STOP),
    /** A line is not UTF-8. */
    NOT_UTF8("LINES-004", Owner.DATA, Remedy.STOP);

    private final CatalogueEntry entry;

    LinesError(String id, Owner owner, Remedy remedy) {
        this.entry = new CatalogueEntry(id, owner, remedy);
    }

    @Override
    public CatalogueEntry entry() {
        return entry;
    }

    static MillraceException io(Path path, IOException e) {
        return new MillraceException(IO, "Can't read " + path + ": " + e + ".", "Check the folder and its rights.", e);
    }

    static MillraceException shrunk(Path file, long read, long size) {
        return new MillraceException(
                SHRUNK,
                file + " has " + size + " bytes, but " + read + " were read of it: it was cut or replaced.",
                "Let files only grow; give new content a new file.");
    }
}
