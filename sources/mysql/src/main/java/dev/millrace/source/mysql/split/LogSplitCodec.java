package dev.millrace.source.mysql.split;

import dev.millrace.schema.TableId;
import dev.millrace.source.mysql.catalog.MySqlTable;
import dev.millrace.source.mysql.catalog.ServerIdentity;
import dev.millrace.source.mysql.position.LogPosition;
import dev.millrace.source.mysql.split.LogSplit.Target;
import dev.millrace.source.relational.state.StateForm;
import dev.millrace.source.relational.state.StateReader;
import dev.millrace.source.relational.state.StateWriter;
import dev.millrace.spi.VersionedBytes;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The log's split as bytes: positions first, then the target, compressed, which never changes. */
final class LogSplitCodec {
    static final int VERSION = 1;

    private LogSplitCodec() {}

    static VersionedBytes encode(LogSplit split) {
        StateWriter out = new StateWriter();
        PositionCodec.write(split.start(), out);
        out.optional(split.end(), end -> PositionCodec.write(end, out));
        PositionCodec.write(split.consistent(), out);
        return new VersionedBytes(VERSION, out.raw(split.target().encoded()).toBytes());
    }

    static LogSplit decode(VersionedBytes state) {
        return MySqlState.FORM.read(MySqlState.FORM.check(state, VERSION), in -> {
            LogPosition start = PositionCodec.read(in);
            Optional<LogPosition> end = in.optional(() -> PositionCodec.read(in));
            LogPosition consistent = PositionCodec.read(in);
            byte[] encoded = in.rest();
            return new LogSplit(start, end, consistent, target(MySqlState.FORM.readerOfCompressed(encoded), encoded));
        });
    }

    static byte[] encode(
            ServerIdentity server, List<MySqlTable> tables, SkipRules skips, Map<Integer, LogPosition> epochs) {
        StateWriter out = new StateWriter().text(server.uuid()).number(server.number());
        TableCodec.write(tables, out);
        out.list(skips.tables().entrySet(), rule -> {
            out.text(rule.getKey().database()).text(rule.getKey().name());
            ChunksCodec.write(rule.getValue(), out);
        });
        out.list(epochs.entrySet(), epoch -> {
            out.number(epoch.getKey());
            PositionCodec.write(epoch.getValue(), out);
        });
        return StateForm.compress(out.toBytes());
    }

    private static Target target(StateReader in, byte[] encoded) {
        ServerIdentity server = new ServerIdentity(in.text(), in.number());
        List<MySqlTable> tables = TableCodec.read(in);
        Map<TableId, TableSkips> skips = new HashMap<>();
        in.repeat(() -> skips.put(TableId.of(in.text(), in.text()), ChunksCodec.readSkips(in)));
        Map<Integer, LogPosition> epochs = new HashMap<>();
        in.repeat(() -> epochs.put(in.integer(), PositionCodec.read(in)));
        return new Target(server, tables, new SkipRules(skips), epochs, encoded);
    }
}
