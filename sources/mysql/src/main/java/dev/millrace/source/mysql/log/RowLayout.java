package dev.millrace.source.mysql.log;

import dev.millrace.error.MillraceException;
import dev.millrace.schema.Column;
import dev.millrace.source.mysql.catalog.MySqlTable;
import dev.millrace.source.mysql.catalog.TableDecoder;
import dev.millrace.source.mysql.event.TableMap;
import dev.millrace.source.mysql.failure.MySqlError;
import dev.millrace.source.mysql.types.CellDecoder;
import java.util.ArrayList;
import java.util.List;

/** How the rows that one table map announces become cells. Its columns are those of the table, in their order. */
final class RowLayout {
    final TableMap map;
    final RowDecoder rows;
    final ImageCells before;
    final ImageCells after;
    private final int[] key;
    private final int keyWidth;

    private RowLayout(TableMap map, RowDecoder rows, MySqlTable table) {
        this.map = map;
        this.rows = rows;
        this.before = new ImageCells(map.columns());
        this.after = new ImageCells(map.columns());
        this.key = table.key().stream().mapToInt(Integer::intValue).toArray();
        this.keyWidth =
                table.key().stream().mapToInt(column -> column + 1).max().orElse(0);
    }

    /** @throws dev.millrace.error.MillraceException where the table map is of another shape than the table */
    static RowLayout of(TableMap map, MySqlTable table, TableDecoder decoder) {
        List<CellDecoder> decoders = decoder.forLog(map);
        for (int i = 0; i < decoders.size(); i++) {
            Column column = decoder.schema().columns().get(i);
            if (map.columns().get(i).nullable() && !column.nullable()) {
                throw new MillraceException(
                        MySqlError.SCHEMA,
                        "Table " + table.id() + " is not as it was when reading began: column " + column.name()
                                + " was NOT NULL, and is not any more",
                        "Undo the change at the source, or drop the pipeline ('cdc drop'), remove its tables from the sink and start anew.");
            }
        }
        List<RowDecoder.Wanted> wanted = new ArrayList<>();
        for (int i = 0; i < decoders.size(); i++) {
            wanted.add(new RowDecoder.Wanted(i, i, decoders.get(i)));
        }
        return new RowLayout(map, new RowDecoder(map.columns(), wanted), table);
    }

    /** How many columns have to be looked at to see the whole key. */
    int keyWidth() {
        return keyWidth;
    }

    boolean isWhole(byte[] present) {
        return RowDecoder.count(present) == map.columns().size();
    }

    /** Whether an update changed the key, as far as both images were looked at. What the second does not have did not change. */
    boolean keyDiffers() {
        for (int column : key) {
            if (after.has(column) && !after.isSame(column, before)) {
                return true;
            }
        }
        return false;
    }
}
