package dev.millrace.source.postgres.split;

import dev.millrace.source.postgres.failure.PostgresError;
import dev.millrace.source.relational.state.StateForm;

/** How this source's state is opened. */
final class PostgresState {
    static final StateForm FORM = new StateForm("PostgreSQL source", PostgresError.PROTOCOL);

    private PostgresState() {}
}
