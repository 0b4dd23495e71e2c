package dev.millrace.source.mysql.log;

import dev.millrace.error.MillraceException;
import dev.millrace.model.VectorBuilder;
import dev.millrace.schema.Column;
import dev.millrace.schema.DataType;
import dev.millrace.schema.Schema;
import dev.millrace.source.mysql.types.CellText;
import java.util.StringJoiner;

/** A row's key for people. */
final class KeyText {
    private KeyText() {}

    /** @param cells of the row's image, looked at as far as the key goes; a column that it does not have is left out */
    static String of(Schema schema, RowDecoder rows, ImageCells cells) {
        StringJoiner text = new StringJoiner(", ", "(", ")");
        for (int index : schema.key()) {
            if (cells.has(index) && !cells.isNull(index)) {
                Column column = schema.columns().get(index);
                text.add(column.name() + "=" + value(schema, rows, cells, index));
            }
        }
        return text.toString();
    }

    private static String value(Schema schema, RowDecoder rows, ImageCells cells, int index) {
        DataType type = schema.columns().get(index).type();
        VectorBuilder cell = VectorBuilder.of(type);
        try {
            rows.decodeCell(index, cells.source(), cells.start(index), cell);
        } catch (MillraceException refused) {
            return "?";
        }
        return cell.size() == 0 ? "?" : CellText.of(type, cell.build(), 0);
    }
}
