package dev.millrace.bench.ceiling;

import java.nio.file.Path;
import java.util.Map;
import org.apache.paimon.format.FileFormat;
import org.apache.paimon.format.FormatWriter;
import org.apache.paimon.fs.PositionOutputStream;
import org.apache.paimon.fs.local.LocalFileIO;
import org.apache.paimon.options.Options;

/** One Parquet file, zstd as Paimon's are, and nothing around it. */
final class ParquetTarget {
    private ParquetTarget() {}

    static long write(Path folder, Map<String, String> options, PaimonTarget.Rows rows) throws Exception {
        Options format = new Options();
        options.forEach(format::set);
        try (PositionOutputStream file = LocalFileIO.create()
                        .newOutputStream(
                                new org.apache.paimon.fs.Path(
                                        folder.resolve("rows.parquet").toString()),
                                true);
                FormatWriter writer = FileFormat.fromIdentifier("parquet", format)
                        .createWriterFactory(MemoryRows.TYPE)
                        .create(file, "zstd")) {
            return rows.writeTo(writer::addElement);
        }
    }
}
