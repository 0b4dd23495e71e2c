package dev.millrace.source.mysql.split;

import dev.millrace.schema.TableId;
import dev.millrace.source.mysql.catalog.MySqlTable;
import dev.millrace.source.mysql.catalog.ServerIdentity;
import dev.millrace.source.mysql.position.LogPosition;
import dev.millrace.source.relational.state.StateForm;
import dev.millrace.source.relational.state.StateReader;
import dev.millrace.source.relational.state.StateWriter;
import dev.millrace.spi.VersionedBytes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** An enumerator's state as bytes. */
final class EnumeratorStateCodec {
    private static final int VERSION = 1;

    private EnumeratorStateCodec() {}

    static VersionedBytes encode(EnumeratorState state) {
        StateWriter out = new StateWriter()
                .text(state.server().uuid())
                .number(state.server().number());
        TableCodec.write(state.tables().stream().map(TableSnapshot::table).toList(), out);
        state.tables().forEach(table -> {
            ChunksCodec.write(table.chunks(), out);
            out.list(table.epochs(), epoch -> out.number(epoch));
        });
        out.list(state.epochs(), epoch -> PositionCodec.write(epoch, out));
        out.optional(state.log(), log -> {
            VersionedBytes bytes = LogSplitCodec.encode(log);
            out.number(bytes.version()).bytes(bytes.bytes());
        });
        out.list(
                state.former().stream().sorted().toList(),
                table -> out.text(table.database()).text(table.name()));
        return new VersionedBytes(VERSION, StateForm.compress(out.toBytes()));
    }

    static EnumeratorState decode(VersionedBytes state) {
        byte[] bytes = MySqlState.FORM.expand(MySqlState.FORM.check(state, VERSION));
        return MySqlState.FORM.read(bytes, EnumeratorStateCodec::state);
    }

    private static EnumeratorState state(StateReader in) {
        ServerIdentity server = new ServerIdentity(in.text(), in.number());
        List<MySqlTable> tables = TableCodec.read(in);
        List<TableSnapshot> snapshots = new ArrayList<>();
        for (MySqlTable table : tables) {
            snapshots.add(TableSnapshot.of(table, ChunksCodec.read(in), in.list(in::integer)));
        }
        List<LogPosition> epochs = in.list(() -> PositionCodec.read(in));
        Optional<LogSplit> log = in.optional(() -> LogSplitCodec.decode(new VersionedBytes(in.integer(), in.bytes())));
        Set<TableId> former = Set.copyOf(in.list(() -> TableId.of(in.text(), in.text())));
        return new EnumeratorState(server, snapshots, epochs, log, former);
    }
}
