package dev.millrace.source.postgres;

import dev.millrace.source.postgres.connection.PostgresFailure;
import dev.millrace.source.postgres.connection.Sessions;
import dev.millrace.source.postgres.failure.PostgresError;
import dev.millrace.source.postgres.setup.Publications;
import dev.millrace.source.postgres.setup.ServerFacts;
import dev.millrace.source.postgres.setup.Slots;
import dev.millrace.source.relational.check.Requirement;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Removes slot and publication. A slot of another kind, or a publication that somebody else made, stays. */
final class SourceDrop {
    /** What the pipeline calls them. */
    record Names(String slot, String publication) {}

    private final Names names;
    private final String pipeline;
    private final Sessions sessions;
    private final Slots slots;

    SourceDrop(Names names, String pipeline, Sessions sessions) {
        this.names = names;
        this.pipeline = pipeline;
        this.sessions = sessions;
        this.slots = new Slots(sessions, names.slot());
    }

    List<String> found() {
        try (Connection connection = sessions.sql("drop")) {
            List<String> found = new ArrayList<>();
            slot(connection).ifPresent(slot -> found.add("replication slot " + slot.name()));
            if (publications(connection).isOurs()) {
                found.add("publication " + names.publication());
            }
            return found;
        } catch (SQLException e) {
            throw PostgresFailure.during("looking for slot and publication", e);
        }
    }

    void drop() {
        try (Connection connection = sessions.sql("drop")) {
            Optional<Slots.Slot> slot = slot(connection);
            if (slot.isPresent()) {
                Requirement.requireNone(
                        SlotRequirements.unmet(slot.get(), sessions.server().database()).stream()
                                .filter(unmet -> unmet.code() == PostgresError.SLOT_BUSY)
                                .toList());
                slots.drop(connection);
            }
            publications(connection).drop();
        } catch (SQLException e) {
            throw PostgresFailure.during("dropping slot and publication", e);
        }
    }

    private Optional<Slots.Slot> slot(Connection connection) throws SQLException {
        return slots.find(connection)
                .filter(slot -> slot.plugin().equals("pgoutput")
                        && slot.database().equals(sessions.server().database()));
    }

    private Publications publications(Connection connection) throws SQLException {
        return new Publications(connection, ServerFacts.read(connection), names.publication(), pipeline);
    }
}
