package dev.millrace.source.mysql.event;

import dev.millrace.source.mysql.bytes.ByteReader;
import dev.millrace.source.mysql.types.StorageType;
import dev.millrace.source.mysql.types.StoredColumn;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.Predicate;

/**
 * The optional part of a table map: one field after the other, each about the columns that it concerns, in their order. How much of it there
 * is depends on {@code binlog_row_metadata}.
 */
final class TableMetadata {
    private static final int SIGNEDNESS = 1;
    private static final int DEFAULT_COLLATION = 2;
    private static final int COLLATIONS = 3;
    private static final int NAMES = 4;
    private static final int SET_LABELS = 5;
    private static final int ENUM_LABELS = 6;
    private static final int PRIMARY_KEY = 8;
    private static final int PRIMARY_KEY_PREFIXES = 9;
    private static final int DEFAULT_LABEL_COLLATION = 10;
    private static final int LABEL_COLLATIONS = 11;
    private static final int VISIBILITY = 12;

    private final List<StorageType> types;
    private final boolean mariaDb;
    private final boolean[] unsigned;
    private final boolean[] hidden;
    private final int[] collations;
    private final String[] names;
    private final List<List<byte[]>> labels;
    private final List<Integer> primaryKey = new ArrayList<>();
    private boolean saysSigns;

    TableMetadata(List<StorageType> types, boolean mariaDb) {
        this.types = types;
        this.mariaDb = mariaDb;
        int count = types.size();
        this.unsigned = new boolean[count];
        this.hidden = new boolean[count];
        this.collations = new int[count];
        this.names = new String[count];
        this.labels = new ArrayList<>(Collections.nCopies(count, List.of()));
        Arrays.fill(names, "");
    }

    void read(ByteReader reader, byte[] source) {
        while (reader.remaining() > 0) {
            int type = reader.uint1();
            int length = reader.length();
            int from = reader.at();
            reader.skip(length);
            field(type, new ByteReader(source, from, from + length));
        }
    }

    private void field(int type, ByteReader field) {
        switch (type) {
            case SIGNEDNESS -> {
                bits(field, concerned(StorageType::isNumeric), unsigned);
                saysSigns = true;
            }
            case DEFAULT_COLLATION -> defaultCollation(field, concerned(storage -> storage.isText(mariaDb)));
            case COLLATIONS -> collations(field, concerned(storage -> storage.isText(mariaDb)));
            case DEFAULT_LABEL_COLLATION -> defaultCollation(field, concerned(StorageType::isEnumOrSet));
            case LABEL_COLLATIONS -> collations(field, concerned(StorageType::isEnumOrSet));
            case NAMES -> names(field);
            case SET_LABELS -> labels(field, concerned(storage -> storage.code() == StorageType.SET));
            case ENUM_LABELS -> labels(field, concerned(storage -> storage.code() == StorageType.ENUM));
            case PRIMARY_KEY -> primaryKey(field, false);
            case PRIMARY_KEY_PREFIXES -> primaryKey(field, true);
            case VISIBILITY -> visibility(field);
            default -> {
                // Types of geometries, dimensions of vectors: their values say it themselves.
            }
        }
    }

    List<StoredColumn> columns(byte[] source, int nullableBits) {
        List<StoredColumn> columns = new ArrayList<>();
        for (int i = 0; i < types.size(); i++) {
            boolean nullable = (source[nullableBits + i / 8] >> i % 8 & 1) != 0;
            StoredColumn.Details details =
                    new StoredColumn.Details(unsigned[i], collations[i], labels.get(i), !hidden[i]);
            columns.add(new StoredColumn(names[i], types.get(i), nullable, details));
        }
        return columns;
    }

    boolean saysSigns() {
        return saysSigns;
    }

    List<Integer> primaryKey() {
        return primaryKey;
    }

    private int[] concerned(Predicate<StorageType> which) {
        int[] columns = new int[types.size()];
        int count = 0;
        for (int i = 0; i < types.size(); i++) {
            if (which.test(types.get(i))) {
                columns[count++] = i;
            }
        }
        return Arrays.copyOf(columns, count);
    }

    /** The highest bit comes first. */
    private static void bits(ByteReader field, int[] columns, boolean[] target) {
        byte[] bits = field.bytes(field.remaining());
        for (int i = 0; i < Math.min(columns.length, 8 * bits.length); i++) {
            target[columns[i]] = (bits[i / 8] << i % 8 & 0x80) != 0;
        }
    }

    private void visibility(ByteReader field) {
        boolean[] visible = new boolean[types.size()];
        bits(field, concerned(storage -> true), visible);
        for (int i = 0; i < visible.length; i++) {
            hidden[i] = !visible[i];
        }
    }

    private void defaultCollation(ByteReader field, int[] columns) {
        int usual = field.length();
        for (int column : columns) {
            collations[column] = usual;
        }
        while (field.remaining() > 0) {
            int column = columns[field.length()];
            collations[column] = field.length();
        }
    }

    private void collations(ByteReader field, int[] columns) {
        for (int column : columns) {
            collations[column] = field.length();
        }
    }

    private void names(ByteReader field) {
        for (int i = 0; i < names.length; i++) {
            names[i] = field.text(field.length());
        }
    }

    private void labels(ByteReader field, int[] columns) {
        for (int column : columns) {
            int count = field.length();
            List<byte[]> all = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                all.add(field.bytes(field.length()));
            }
            labels.set(column, all);
        }
    }

    private void primaryKey(ByteReader field, boolean withPrefixes) {
        while (field.remaining() > 0) {
            primaryKey.add(field.length());
            if (withPrefixes) {
                field.length();
            }
        }
    }
}
