package dev.millrace.sink.jsonl;

import dev.millrace.error.CatalogueEntry;
import dev.millrace.error.ErrorCode;
import dev.millrace.error.MillraceException;
import java.io.IOException;
import java.nio.file.Path;

enum JsonlError implements ErrorCode {
    /** The folder can't be read or written. */
    IO;

    @Override
    public CatalogueEntry entry() {
        return new CatalogueEntry("JSONL-001", Owner.SINK, Remedy.RESTART);
    }

    static MillraceException io(String action, Path path, IOException e) {
        return new MillraceException(
                IO, "Can't " + action + " " + path + ": " + e + ".", "Check the folder's disk and its rights.", e);
    }
}
