package dev.millrace.dist.e2e;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.hadoop.conf.Configuration;
import org.apache.paimon.catalog.Catalog;
import org.apache.paimon.catalog.CatalogContext;
import org.apache.paimon.catalog.CatalogFactory;
import org.apache.paimon.catalog.Identifier;
import org.apache.paimon.data.InternalArray;
import org.apache.paimon.data.InternalRow;
import org.apache.paimon.options.Options;
import org.apache.paimon.reader.RecordReader;
import org.apache.paimon.table.Table;
import org.apache.paimon.table.source.ReadBuilder;
import org.apache.paimon.types.DataField;
import org.apache.paimon.types.DataType;
import org.apache.paimon.types.DecimalType;
import org.apache.paimon.types.LocalZonedTimestampType;
import org.apache.paimon.types.RowType;
import org.apache.paimon.types.TimestampType;
import org.jspecify.annotations.Nullable;

/** Reads a warehouse by Paimon's own reader, each cell as canonical text. */
final class PaimonReader implements AutoCloseable {
    private final Catalog catalog;

    PaimonReader(Path warehouse) {
        this(CatalogContext.create(
                Options.fromMap(Map.of("warehouse", warehouse.toUri().toString())), new Configuration(false)));
    }

    PaimonReader(CatalogContext context) {
        catalog = CatalogFactory.createCatalog(context);
    }

    boolean exists(String database, String table) throws Exception {
        return catalog.listDatabases().contains(database)
                && catalog.listTables(database).contains(table);
    }

    /** All rows, one text a row: {@code column=value} in column order, as of a snapshot or of now. */
    List<Map<String, @Nullable String>> rows(String database, String name, OptionalLong snapshot) throws Exception {
        Table table = catalog.getTable(Identifier.create(database, name));
        if (snapshot.isPresent()) {
            table = table.copy(Map.of("scan.snapshot-id", Long.toString(snapshot.getAsLong())));
        }
        RowType type = table.rowType();
        ReadBuilder read = table.newReadBuilder();
        List<Map<String, @Nullable String>> rows = new ArrayList<>();
        try (RecordReader<InternalRow> reader =
                read.newRead().createReader(read.newScan().plan())) {
            reader.forEachRemaining(row -> rows.add(cells(type, row)));
        }
        return rows;
    }

    private static Map<String, @Nullable String> cells(RowType type, InternalRow row) {
        Map<String, @Nullable String> cells = new HashMap<>();
        List<DataField> fields = type.getFields();
        for (int i = 0; i < fields.size(); i++) {
            DataType fieldType = fields.get(i).type();
            Object value = InternalRow.createFieldGetter(fieldType, i).getFieldOrNull(row);
            cells.put(fields.get(i).name(), value == null ? null : text(fieldType, value));
        }
        return cells;
    }

    private static String text(DataType type, Object value) {
        return switch (type.getTypeRoot()) {
            case DECIMAL ->
                ((org.apache.paimon.data.Decimal) value)
                        .toBigDecimal()
                        .setScale(((DecimalType) type).getScale())
                        .toPlainString();
            case DOUBLE, FLOAT ->
                new BigDecimal(value.toString()).stripTrailingZeros().toPlainString();
            case TIMESTAMP_WITHOUT_TIME_ZONE -> micros(value, ((TimestampType) type).getPrecision());
            case TIMESTAMP_WITH_LOCAL_TIME_ZONE -> micros(value, ((LocalZonedTimestampType) type).getPrecision());
            case ARRAY -> elements(((org.apache.paimon.types.ArrayType) type).getElementType(), (InternalArray) value);
            default -> value.toString();
        };
    }

    private static String micros(Object value, int precision) {
        if (precision > 6) {
            throw new IllegalStateException("finer than a microsecond: " + value);
        }
        return Long.toString(((org.apache.paimon.data.Timestamp) value).toMicros());
    }

    private static String elements(DataType type, InternalArray array) {
        InternalArray.ElementGetter getter = InternalArray.createElementGetter(type);
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < array.size(); i++) {
            Object value = getter.getElementOrNull(array, i);
            texts.add(value == null ? "null" : text(type, value));
        }
        return texts.toString();
    }

    @Override
    public void close() throws Exception {
        catalog.close();
    }
}
