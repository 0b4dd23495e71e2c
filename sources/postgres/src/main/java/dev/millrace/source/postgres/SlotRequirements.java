package dev.millrace.source.postgres;

import dev.millrace.source.postgres.failure.PostgresError;
import dev.millrace.source.postgres.setup.Slots;
import dev.millrace.source.relational.check.Requirement;
import java.util.ArrayList;
import java.util.List;

/** What must hold of a slot that is there already. */
final class SlotRequirements {
    private SlotRequirements() {}

    static List<Requirement> unmet(Slots.Slot slot, String database) {
        List<Requirement> unmet = new ArrayList<>();
        String drop = "select pg_drop_replication_slot('" + slot.name() + "');";
        if (!slot.plugin().equals("pgoutput") || !slot.database().equals(database)) {
            unmet.add(problem(
                    PostgresError.SLOT,
                    slot,
                    "it belongs to plugin " + slot.plugin() + ", database '" + slot.database() + "'.",
                    "Choose another 'slot.name', or, where nothing needs it: " + drop));
        } else if (slot.lost()) {
            unmet.add(problem(
                    PostgresError.SLOT_LOST,
                    slot,
                    "the server has removed log that it would need: changes since "
                            + Slots.text(slot.confirmedPlace())
                            + " are lost. Either more was written while nobody read it than"
                            + " max_slot_wal_keep_size allows, or idle_replication_slot_timeout has passed.",
                    "Raise or lift the limit. Then 'cdc drop', which removes the slot, remove the sink's tables and start"
                            + " anew: they have to be read again."));
        } else if (slot.active()) {
            unmet.add(problem(
                    PostgresError.SLOT_BUSY,
                    slot,
                    "another session reads it.",
                    "See that no other process runs this pipeline (select * from pg_replication_slots)."));
        }
        return unmet;
    }

    private static Requirement problem(PostgresError code, Slots.Slot slot, String message, String fix) {
        return new Requirement(code, "replication slot " + slot.name(), message, fix);
    }
}
