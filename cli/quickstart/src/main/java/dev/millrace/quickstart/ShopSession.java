package dev.millrace.quickstart;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** What the activities work with: statements on one connection, dice and a clock. */
record ShopSession(Connection connection, RandomGenerator random, InstantSource clock) {

    /** Runs a statement, and tells how many rows it changed. */
    int update(String sql, @Nullable Object... values) throws SQLException {
        try (PreparedStatement statement = prepare(sql, values)) {
            return statement.executeUpdate();
        }
    }

    <T> List<T> query(String sql, RowReader<T> reader, @Nullable Object... values) throws SQLException {
        List<T> found = new ArrayList<>();
        try (PreparedStatement statement = prepare(sql, values);
                ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                found.add(reader.read(rows));
            }
        }
        return found;
    }

    <T> Optional<T> first(String sql, RowReader<T> reader, @Nullable Object... values) throws SQLException {
        return query(sql, reader, values).stream().findFirst();
    }

    Optional<Long> firstNumber(String sql, @Nullable Object... values) throws SQLException {
        return first(sql, row -> row.getLong(1), values);
    }

    int below(int bound) {
        return random.nextInt(bound);
    }

    boolean oneIn(int chances) {
        return random.nextInt(chances) == 0;
    }

    @SafeVarargs
    final <T> T oneOf(T... choices) {
        return choices[random.nextInt(choices.length)];
    }

    /** A number to begin a search at in a table whose key is {@code id}: any that is in use, or was. */
    long somewhereIn(String table) throws SQLException {
        long highest = firstNumber("select coalesce(max(id), 1) from " + table).orElse(1L);
        return 1 + random.nextLong(highest);
    }

    UUID uuid() {
        return new UUID(random.nextLong(), random.nextLong());
    }

    /** To the microsecond, as PostgreSQL keeps it. */
    OffsetDateTime now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS).atOffset(ZoneOffset.UTC);
    }

    private PreparedStatement prepare(String sql, @Nullable Object... values) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        for (int i = 0; i < values.length; i++) {
            statement.setObject(i + 1, values[i]);
        }
        return statement;
    }

    /** Reads a value from the row at hand. */
    @FunctionalInterface
    interface RowReader<T> {
        T read(ResultSet row) throws SQLException;
    }
}
