package dev.millrace.sink.paimon;

import dev.millrace.schema.Column;
import dev.millrace.schema.DataType;
import dev.millrace.schema.Schema;
import java.net.URI;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import java.util.stream.Collectors;
import org.duckdb.DuckDBDriver;

/**
 * Reads a table's data files by DuckDB: Paimon says only which files the newest snapshot has. What is merged, and how values
 * are decoded, is none of our code and none of Paimon's.
 */
final class ForeignReader {
    private ForeignReader() {}

    /** The rows as text, one a line, sorted; instants in microseconds, dates in days, bytes in hexadecimal digits. */
    static List<String> rows(Lake lake, Schema schema) {
        List<String> files = lake.inspect(
                schema,
                table -> table.newSnapshotReader().read().dataSplits().stream()
                        .flatMap(split -> split.dataFiles().stream()
                                .map(file -> Path.of(URI.create(split.bucketPath()))
                                        .resolve(file.fileName())
                                        .toString()))
                        .toList());
        if (files.isEmpty()) {
            return List.of();
        }
        String from = "read_parquet(["
                + files.stream().map(file -> "'" + file + "'").collect(Collectors.joining(", "))
                + "], hive_partitioning = false)";
        String cells = schema.columns().stream().map(ForeignReader::text).collect(Collectors.joining(", "));
        String sql = schema.hasKey()
                ? "SELECT " + cells + " FROM (SELECT *, row_number() OVER (PARTITION BY " + key(schema)
                        + " ORDER BY _SEQUENCE_NUMBER DESC) AS newest FROM " + from
                        + ") WHERE newest = 1 AND _VALUE_KIND IN (0, 2)"
                : "SELECT " + cells + " FROM " + from;
        try (Connection duck = Objects.requireNonNull(new DuckDBDriver().connect("jdbc:duckdb:", new Properties()));
                Statement statement = duck.createStatement();
                ResultSet found = statement.executeQuery(sql)) {
            List<String> rows = new ArrayList<>();
            while (found.next()) {
                List<String> row = new ArrayList<>();
                for (int i = 1; i <= schema.columns().size(); i++) {
                    row.add(Objects.requireNonNullElse(found.getString(i), "NULL"));
                }
                rows.add(String.join("|", row));
            }
            return rows.stream().sorted().toList();
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    private static String key(Schema schema) {
        return schema.key().stream()
                .map(index -> quoted(schema.columns().get(index)))
                .collect(Collectors.joining(", "));
    }

    private static String text(Column column) {
        String name = quoted(column);
        return switch (column.type()) {
            case DataType.Binary b -> "hex(" + name + ")";
            case DataType.Date d -> "(" + name + " - DATE '1970-01-01')::VARCHAR";
            case DataType.Timestamp t -> "epoch_us(" + name + ")::VARCHAR";
            case DataType.TimestampTz t -> "epoch_us(" + name + ")::VARCHAR";
            // Paimon marks its times of day as if they had a zone.
            case DataType.Time t when t.precision() <= PaimonTypes.MAX_TIME_PRECISION -> name + "::TIME::VARCHAR";
            default -> name + "::VARCHAR";
        };
    }

    private static String quoted(Column column) {
        return '"' + column.name() + '"';
    }
}
