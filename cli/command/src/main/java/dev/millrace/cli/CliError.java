package dev.millrace.cli;

import dev.millrace.error.CatalogueEntry;
import dev.millrace.error.ErrorCode;

/** The command's own errors. */
public enum CliError implements ErrorCode {
    /** Something that nobody foresaw: a defect. */
    UNFORESEEN("CLI-001", Owner.INTERNAL),
    /** The file of {@code --env-file} is missing or has a line that can't be read. */
    ENV_FILE("CLI-002", Owner.CONFIG),
    /** The connector lacks the ability that the command needs. */
    NOT_ABLE("CLI-003", Owner.CONFIG),
    /** There is no state: the pipeline never ran, or was dropped. */
    NEVER_RAN("CLI-004", Owner.STATE),
    /** A table's name that nothing in the sink goes by. */
    NO_SUCH_TABLE("CLI-005", Owner.CONFIG),
    /** What arrived in the sink differs from what the shop wrote. */
    QUICKSTART_DIFFERS("CLI-006", Owner.DATA),
    /** The quickstart's database does not start, or can't be written to. */
    QUICKSTART_DATABASE("CLI-007", Owner.SOURCE),
    /** The answer can't be written to standard output. */
    OUTPUT("CLI-008", Owner.CONFIG);

    private final CatalogueEntry entry;

    CliError(String id, Owner owner) {
        this.entry = new CatalogueEntry(id, owner, Remedy.STOP);
    }

    @Override
    public CatalogueEntry entry() {
        return entry;
    }
}
