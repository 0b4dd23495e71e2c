package dev.millrace.sink.paimon;

import dev.millrace.error.MillraceException;
import dev.millrace.schema.TableId;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Tables that do not show any more what the newest manifest names: somebody removed them or set them back. The source has
 * forgotten what they lost, so nothing more is committed while such a table is captured, until it is begun anew.
 */
final class LostSnapshots {
    private final Map<TableId, Loss> losses = new HashMap<>();
    private final Set<TableId> captured = new HashSet<>();

    private record Loss(long named, long shown) {}

    /** @param shown the table's newest snapshot; -1 where there is none or no table */
    void compare(TableId table, long named, long shown) {
        if (shown < named) {
            losses.put(table, new Loss(named, shown));
        }
    }

    /** The source reads the table in this run. */
    void captured(TableId table) {
        captured.add(table);
    }

    /** The source reads the table from its beginning, whatever was in it. */
    void begunAnew(TableId table) {
        losses.remove(table);
    }

    /**
     * Lets a manifest name what was named before, so that the next start finds the loss again. Once it is known what is
     * captured, other tables may go: whoever takes a table out may remove it.
     */
    void keepNamed(Map<TableId, Long> snapshots) {
        if (captured.isEmpty()) {
            losses.forEach((table, loss) -> snapshots.merge(table, loss.named, Math::max));
        }
    }

    /** @throws MillraceException where a captured table, or one of these, has lost rows */
    void refuse(Collection<TableId> tables) {
        losses.forEach((table, loss) -> {
            if (captured.contains(table) || tables.contains(table)) {
                throw new MillraceException(
                        PaimonError.OUT_OF_STEP,
                        "The table " + Warehouse.identifier(table).getFullName()
                                + (loss.shown < 0
                                        ? " was removed or emptied"
                                        : " was set back to snapshot " + loss.shown)
                                + " by somebody else: the pipeline's newest manifest names its snapshot " + loss.named
                                + ", and the source no longer has what is lost.",
                        "Restore the table; or have it read anew: run the pipeline once with the table in"
                                + " 'tables.exclude' of the source, then without.");
            }
        });
    }
}
