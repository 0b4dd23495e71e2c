package dev.millrace.source.postgres.setup;

import dev.millrace.error.MillraceException;
import dev.millrace.source.postgres.catalog.Quoting;
import dev.millrace.source.postgres.connection.PostgresFailure;
import dev.millrace.source.postgres.connection.Sessions;
import dev.millrace.source.postgres.failure.PostgresError;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.postgresql.replication.LogSequenceNumber;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The replication slot of a pipeline, and the temporary ones by which later snapshots are taken. */
public final class Slots {
    private static final Logger LOG = LoggerFactory.getLogger(Slots.class);
    private static final Duration WAIT_SAID_EVERY = Duration.ofSeconds(10);
    private static final String TOO_MANY = "53400";
    private static final int LONGEST_NAME = 63;
    private static final String EXISTS = "42710";

    private final Sessions sessions;
    private final String name;
    private final Duration every;
    private final Consumer<String> say;

    public Slots(Sessions sessions, String name) {
        this(sessions, name, WAIT_SAID_EVERY, LOG::warn);
    }

    /** @param say hears every so often for whom the making of a slot waits; in another thread */
    Slots(Sessions sessions, String name, Duration every, Consumer<String> say) {
        this.sessions = sessions;
        this.name = name;
        this.every = every;
        this.say = say;
    }

    /** @param confirmedPlace up to where its reader has said that it needs nothing any more */
    public record Slot(String name, String plugin, String database, boolean active, LogKept kept, long confirmedPlace) {
        /** Whether the server no longer has the log that the slot would need. */
        public boolean lost() {
            return kept == LogKept.LOST;
        }
    }

    /** How far the server has the log that a slot needs. */
    public enum LogKept {
        YES,
        /** It may remove it soon, because it is more than {@code max_slot_wal_keep_size}. */
        ENDANGERED,
        LOST
    }

    /** Looks, without changing anything. */
    public Optional<Slot> find(Connection connection) throws SQLException {
        String sql = """
                select slot_name, coalesce(plugin, 'none: it is a physical slot'), coalesce(database, ''), active,
                       case when coalesce(wal_status, '') = 'lost' or restart_lsn is null then 'LOST'
                            when wal_status = 'unreserved' then 'ENDANGERED' else 'YES' end,
                       confirmed_flush_lsn
                from pg_replication_slots where slot_name = ?""";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, name);
            try (ResultSet row = statement.executeQuery()) {
                return row.next()
                        ? Optional.of(new Slot(
                                row.getString(1),
                                row.getString(2),
                                row.getString(3),
                                row.getBoolean(4),
                                LogKept.valueOf(row.getString(5)),
                                place(Objects.requireNonNullElse(row.getString(6), "0/0"))))
                        : Optional.empty();
            }
        }
    }

    /** Makes the slot and keeps the snapshot of its first place. Waits until all transactions that run now have ended. */
    public ExportedSnapshot create() {
        return create(name, "", Duration.ZERO);
    }

    /** A snapshot with an exact place in the log, without a slot that stays. Waits like {@link #create()}. */
    public ExportedSnapshot snapshot() {
        return snapshot(Duration.ZERO);
    }

    /**
     * The same, and gives up after a while.
     *
     * @param patience zero for any
     */
    public ExportedSnapshot snapshot(Duration patience) {
        String purpose =
                "_snapshot_" + HexFormat.of().toHexDigits(UUID.randomUUID().getLeastSignificantBits());
        String room = name.substring(0, Math.min(name.length(), LONGEST_NAME - purpose.length()));
        return create(room + purpose, "TEMPORARY ", patience);
    }

    /** A place for one that only wants the slot. */
    public static long place(String text) {
        return LogSequenceNumber.valueOf(text).asLong();
    }

    /** As the server prints it. */
    public static String text(long place) {
        return LogSequenceNumber.valueOf(place).asString();
    }

    public void drop(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                "select pg_drop_replication_slot(slot_name) from pg_replication_slots where slot_name = ?")) {
            statement.setString(1, name);
            statement.execute();
        }
    }

    private ExportedSnapshot create(String slot, String temporary, Duration patience) {
        Connection connection = sessions.replication("snapshot", Map.of());
        try (Statement statement = connection.createStatement();
                SlotWait wait = SlotWait.begin(sessions, slot, every, say)) {
            statement.setQueryTimeout((int) patience.toSeconds());
            try (ResultSet row = statement.executeQuery("CREATE_REPLICATION_SLOT " + Quoting.identifier(slot) + " "
                    + temporary + "LOGICAL pgoutput EXPORT_SNAPSHOT")) {
                row.next();
                return new ExportedSnapshot(
                        connection, place(row.getString("consistent_point")), row.getString("snapshot_name"));
            }
        } catch (SQLException e) {
            close(connection, e);
            throw refused(slot, e);
        }
    }

    private static MillraceException refused(String slot, SQLException e) {
        String state = Objects.requireNonNullElse(e.getSQLState(), "");
        if (state.equals(TOO_MANY)) {
            return new MillraceException(
                    PostgresError.SERVER_LIMIT,
                    "The server has no replication slot left for " + slot + ": " + e.getMessage(),
                    "Drop slots that are not needed (select * from pg_replication_slots), or raise max_replication_slots and restart.",
                    e);
        }
        if (state.equals(EXISTS)) {
            return new MillraceException(
                    PostgresError.SLOT_BUSY,
                    "The replication slot " + slot + " exists already: " + e.getMessage(),
                    "See that no other process runs this pipeline.",
                    e);
        }
        return PostgresFailure.during("making the replication slot " + slot, e);
    }

    private static void close(Connection connection, SQLException cause) {
        try {
            connection.close();
        } catch (SQLException e) {
            cause.addSuppressed(e);
        }
    }
}
