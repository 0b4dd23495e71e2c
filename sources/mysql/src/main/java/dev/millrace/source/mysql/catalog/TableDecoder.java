package dev.millrace.source.mysql.catalog;

import dev.millrace.error.MillraceException;
import dev.millrace.schema.Column;
import dev.millrace.schema.DataType;
import dev.millrace.schema.Schema;
import dev.millrace.source.mysql.event.TableMap;
import dev.millrace.source.mysql.failure.MySqlError;
import dev.millrace.source.mysql.types.CellDecoder;
import dev.millrace.source.mysql.types.LogicalForms;
import dev.millrace.source.mysql.types.MappedType;
import dev.millrace.source.mysql.types.MariaDbTypes;
import dev.millrace.source.mysql.types.ResultColumn;
import dev.millrace.source.mysql.types.ResultTypes;
import dev.millrace.source.mysql.types.StoredColumn;
import dev.millrace.source.mysql.types.StoredTypes;
import dev.millrace.source.mysql.types.TextForms;
import dev.millrace.source.mysql.types.TypePolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.function.Supplier;

/**
 * A table's shape, and how its rows are read, from results and from the log into the same cells. Keeps no state of what was
 * read; used by several threads at once.
 */
public final class TableDecoder {
    /** Character sets matter to values, not to a table's shape. */
    private static final TextForms NO_TEXTS = new TextForms(Map.of(), unknown -> Optional.empty());

    private final MySqlTable table;
    private final TextForms texts;
    private final TypePolicy policy;
    private final Schema schema;

    private TableDecoder(MySqlTable table, TextForms texts, TypePolicy policy) {
        this.table = table;
        this.texts = texts;
        this.policy = policy;
        List<Column> columns = new ArrayList<>();
        for (int i = 0; i < table.columns().size(); i++) {
            MySqlColumn column = table.columns().get(i);
            DataType type = LogicalTypes.of(column.type(), policy).orElseThrow(() -> noMapping(column));
            columns.add(new Column(i + 1, column.name(), type, isNullable(i), column.comment()));
        }
        this.schema = new Schema(table.id(), 1, columns, table.key(), table.comment());
    }

    /** @throws MillraceException naming the first column whose type has no lossless mapping */
    public static TableDecoder of(MySqlTable table, TextForms texts, TypePolicy policy) {
        return new TableDecoder(table, texts, policy);
    }

    /**
     * The table's shape alone.
     *
     * @throws MillraceException as {@link #of}
     */
    public static Schema schema(MySqlTable table, TypePolicy policy) {
        return new TableDecoder(table, NO_TEXTS, policy).schema;
    }

    /** The table's columns in their order, with their places, from 1 on, as ids. */
    public Schema schema() {
        return schema;
    }

    /**
     * How rows of a result of all the table's columns, in their order, are read.
     *
     * @return a decoder a column
     * @throws MillraceException where the result's columns are not those of the table
     */
    public List<CellDecoder> forResults(List<ResultColumn> columns) {
        requireCount(columns.size());
        return decoders(i -> {
            ColumnType type = table.columns().get(i).type();
            return MariaDbTypes.fromResults(type.name())
                    .orElseGet(() -> decoder(i, () -> new ResultTypes(texts, policy(i)).map(columns.get(i))));
        });
    }

    /**
     * How row images of the log that this table map announces are read.
     *
     * @return a decoder a column of the table map, which are the table's
     * @throws MillraceException where the table map is of another shape: the table was altered between the log's place and the
     *     catalog's
     */
    public List<CellDecoder> forLog(TableMap map) {
        requireCount(map.columns().size());
        return decoders(i -> {
            MySqlColumn column = table.columns().get(i);
            StoredColumn stored = map.columns().get(i);
            requireSame(column, stored, map.saysSigns());
            return MariaDbTypes.fromLog(column.type().name())
                    .orElseGet(() -> decoder(
                            i,
                            () -> new StoredTypes(texts, policy(i))
                                    .map(TrackedColumn.completed(column, stored, map.saysSigns(), texts))));
        });
    }

    private List<CellDecoder> decoders(IntFunction<CellDecoder> ofColumn) {
        List<CellDecoder> decoders = new ArrayList<>();
        for (int i = 0; i < table.columns().size(); i++) {
            try {
                decoders.add(ofColumn.apply(i));
            } catch (MillraceException refused) {
                throw refused.code() == MySqlError.SCHEMA
                        ? refused
                        : about(refused, table.columns().get(i));
            }
        }
        return decoders;
    }

    private CellDecoder decoder(int column, Supplier<MappedType> shown) {
        MappedType type = shown.get();
        DataType wanted = schema.columns().get(column).type();
        return LogicalForms.of(type, wanted)
                .orElseThrow(
                        () -> differs("column " + schema.columns().get(column).name() + " comes as " + type.type()));
    }

    private void requireCount(int columns) {
        if (columns != table.columns().size()) {
            throw differs(
                    "it has " + columns + " columns where " + table.columns().size() + " are known");
        }
    }

    private void requireSame(MySqlColumn column, StoredColumn stored, boolean saysSigns) {
        if (!stored.name().isEmpty() && !stored.name().equals(column.name())) {
            throw differs("column " + column.name() + " is called " + stored.name() + " there");
        }
        if (!StoredForm.matches(column.type(), stored.storage())) {
            throw differs("column " + column.name() + ", " + column.type().text() + ", is stored as type "
                    + stored.storage().code() + " (" + stored.storage().metadata() + ")");
        }
        if (saysSigns
                && stored.storage().isNumeric()
                && stored.details().unsigned() != column.type().isUnsigned()) {
            throw differs("column " + column.name() + ", " + column.type().text() + ", has "
                    + (stored.details().unsigned() ? "no sign" : "a sign"));
        }
    }

    /** Zero dates that become null do so in columns that are said to hold no nulls, too; but a key needs a value. */
    private boolean isNullable(int index) {
        MySqlColumn column = table.columns().get(index);
        boolean mayBeZeroDate = policy.zeroDates() == TypePolicy.ZeroDates.NULL
                && switch (column.type().name()) {
                    case "date", "datetime", "timestamp" -> true;
                    default -> false;
                };
        return (column.nullable() || mayBeZeroDate) && !table.key().contains(index);
    }

    private TypePolicy policy(int index) {
        return schema.columns().get(index).nullable() ? policy : policy.withoutNulls();
    }

    /**
     * A refused value with its place.
     *
     * @param column   index into the table's columns
     * @param key      the row's key as far as known, as text for people
     * @param position where it was read: a place in the log, or the snapshot's chunk
     */
    public MillraceException locate(MillraceException refused, int column, String key, String position) {
        return new MillraceException(
                refused.code(),
                "Column " + schema.columns().get(column).name() + " of " + table.id() + ", row " + key + ", at "
                        + position + ": " + refused.getMessage(),
                refused.nextStep(),
                refused);
    }

    private MillraceException about(MillraceException refused, MySqlColumn column) {
        return new MillraceException(
                refused.code(),
                "Column " + column.name() + " of " + table.id() + ": " + refused.getMessage(),
                refused.nextStep(),
                refused);
    }

    private MillraceException noMapping(MySqlColumn column) {
        return new MillraceException(
                MySqlError.TYPE,
                "Column " + column.name() + " of " + table.id() + " is of type "
                        + column.type().text() + ", for which there is no lossless mapping.",
                "Leave the table out with 'tables.exclude', or give the column a type of the manual's list.");
    }

    private MillraceException differs(String how) {
        return new MillraceException(
                MySqlError.SCHEMA,
                "Table " + table.id() + " is not as it was when reading began: " + how + ".",
                "Undo the change at the source, or drop the pipeline ('cdc drop'), remove its tables from the sink and start anew.");
    }
}
