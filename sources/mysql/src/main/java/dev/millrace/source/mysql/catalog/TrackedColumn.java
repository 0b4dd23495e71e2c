package dev.millrace.source.mysql.catalog;

import dev.millrace.error.MillraceException;
import dev.millrace.source.mysql.failure.MySqlError;
import dev.millrace.source.mysql.types.StoredColumn;
import dev.millrace.source.mysql.types.TextForms;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A column as the log describes it, with what the log does not say out of the catalog. */
final class TrackedColumn {
    private static final String LABELS_AS = "utf8mb4";

    private TrackedColumn() {}

    static StoredColumn completed(MySqlColumn column, StoredColumn stored, boolean saysSigns, TextForms texts) {
        StoredColumn.Details said = stored.details();
        boolean unsigned = saysSigns ? said.unsigned() : column.type().isUnsigned();
        boolean needsLabels = column.type().isEnumOrSet() && said.labels().isEmpty();
        List<byte[]> labels = needsLabels ? labels(column) : said.labels();
        int collation = needsLabels
                ? texts.collationOf(LABELS_AS).orElse(0)
                : said.collation() == 0 ? collation(column.type(), texts) : said.collation();
        return new StoredColumn(
                column.name(),
                stored.storage(),
                stored.nullable(),
                new StoredColumn.Details(unsigned, collation, labels, column.visible()));
    }

    private static int collation(ColumnType type, TextForms texts) {
        return type.characterSet().isEmpty()
                ? TextForms.BINARY
                : texts.collationOf(type.characterSet()).orElse(0);
    }

    /** The catalog puts a question mark where a label has a character beyond the first 65,536. */
    private static List<byte[]> labels(MySqlColumn column) {
        if (column.type().labels().stream().anyMatch(label -> label.indexOf('?') >= 0)) {
            throw new MillraceException(
                    MySqlError.TYPE,
                    "Its labels can't be told for certain from the catalog: "
                            + column.type().text() + ".",
                    "Set binlog_row_metadata=FULL at the server, so that the log holds the labels.");
        }
        return column.type().labels().stream()
                .map(label -> label.getBytes(StandardCharsets.UTF_8))
                .toList();
    }
}
