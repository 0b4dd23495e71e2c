package dev.millrace.source.mysql.split;

import dev.millrace.source.mysql.failure.MySqlError;
import dev.millrace.source.relational.state.StateForm;

/** How this source's state is opened. */
final class MySqlState {
    static final StateForm FORM = new StateForm("MySQL source", MySqlError.PROTOCOL);

    private MySqlState() {}
}
