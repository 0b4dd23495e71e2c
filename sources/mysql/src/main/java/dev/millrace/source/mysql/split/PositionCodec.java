package dev.millrace.source.mysql.split;

import dev.millrace.source.mysql.position.BinlogPlace;
import dev.millrace.source.mysql.position.GtidSet;
import dev.millrace.source.mysql.position.LogPosition;
import dev.millrace.source.mysql.position.LogStart;
import dev.millrace.source.mysql.position.MariaDbGtidList;
import dev.millrace.source.relational.state.StateReader;
import dev.millrace.source.relational.state.StateWriter;

/** Positions as bytes: sets of transactions as the servers print them. */
final class PositionCodec {
    private static final int AT = 0;
    private static final int AFTER = 1;
    private static final int AFTER_MARIADB = 2;

    private PositionCodec() {}

    static void write(LogPosition position, StateWriter out) {
        switch (position.after()) {
            case LogStart.At at ->
                out.number(AT).text(at.place().file()).number(at.place().offset());
            case LogStart.After after -> out.number(AFTER).text(after.executed().toString());
            case LogStart.AfterMariaDb after ->
                out.number(AFTER_MARIADB).text(after.executed().toString());
        }
        out.text(position.place().file()).number(position.place().offset());
        out.number(position.number()).number(position.commitMicros());
    }

    static LogPosition read(StateReader in) {
        return new LogPosition(start(in), place(in), in.number(), in.number());
    }

    private static LogStart start(StateReader in) {
        int kind = in.integer();
        return switch (kind) {
            case AT -> new LogStart.At(place(in));
            case AFTER -> new LogStart.After(GtidSet.parse(in.text()));
            case AFTER_MARIADB -> new LogStart.AfterMariaDb(MariaDbGtidList.parse(in.text()));
            default -> throw new IllegalArgumentException("a position of kind " + kind);
        };
    }

    private static BinlogPlace place(StateReader in) {
        return new BinlogPlace(in.text(), in.number());
    }
}
