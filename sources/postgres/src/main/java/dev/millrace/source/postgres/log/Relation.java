package dev.millrace.source.postgres.log;

import dev.millrace.source.postgres.catalog.PgColumn;
import dev.millrace.source.postgres.catalog.PgTable;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A table as the log describes it before its first row, with the catalog of the row's own time.
 *
 * @param identity {@code pg_class.relreplident}
 * @param cells    in the order of its tuples
 */
record Relation(int oid, String schema, String name, byte identity, List<Cell> cells) {
    private static final byte FULL = 'f';
    private static final byte DEFAULT = 'd';

    Relation {
        cells = List.copyOf(cells);
    }

    /** @param identifies whether it belongs to what an update or delete names its row by */
    record Cell(String name, boolean identifies, int type, int modifier) {}

    static Relation read(Message message) {
        int oid = message.int4();
        String schema = message.text();
        String name = message.text();
        byte identity = message.int1();
        int count = message.int2();
        List<Cell> cells = new ArrayList<>(Math.min(count, 1_600));
        for (int i = 0; i < count; i++) {
            boolean identifies = (message.int1() & 1) != 0;
            cells.add(new Cell(message.text(), identifies, message.int4(), message.int4()));
        }
        return new Relation(oid, schema.isEmpty() ? "pg_catalog" : schema, name, identity, cells);
    }

    boolean isFull() {
        return identity == FULL;
    }

    /** Index of the cell with this name, or −1. */
    int indexOf(String column) {
        for (int i = 0; i < cells.size(); i++) {
            if (cells.get(i).name().equals(column)) {
                return i;
            }
        }
        return -1;
    }

    /** What is no longer as it was tracked, for people; empty where rows of the one are rows of the other. */
    Optional<String> differenceFrom(PgTable table) {
        List<String> all = new ArrayList<>();
        if (!schema.equals(table.id().schema()) || !name.equals(table.id().name())) {
            all.add("it is called " + schema + "." + name);
        }
        for (PgColumn column : table.columns()) {
            int index = indexOf(column.name());
            if (index < 0) {
                all.add("column " + column.name() + " is gone");
            } else if (cells.get(index).type() != column.type().oid()
                    || cells.get(index).modifier() != column.modifier()) {
                all.add("column " + column.name() + " has another type");
            }
        }
        Set<String> known = new HashSet<>();
        table.columns().forEach(column -> known.add(column.name()));
        for (Cell cell : cells) {
            if (!known.contains(cell.name())) {
                all.add("column " + cell.name() + " is new");
            }
        }
        if (all.isEmpty() && identity == DEFAULT && table.hasKey() && keyDiffersFrom(table)) {
            all.add("it has another primary key");
        }
        return all.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", all));
    }

    /** Under the default identity the cells that name a row are those of the primary key. */
    private boolean keyDiffersFrom(PgTable table) {
        Set<String> before = new HashSet<>(table.keyNames());
        Set<String> now = new HashSet<>();
        cells.stream().filter(Cell::identifies).forEach(cell -> now.add(cell.name()));
        return !before.equals(now);
    }
}
