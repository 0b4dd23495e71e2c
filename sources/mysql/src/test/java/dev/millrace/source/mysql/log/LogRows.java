package dev.millrace.source.mysql.log;

import dev.millrace.model.ChangeBatch;
import dev.millrace.model.ChangeBatchBuilder;
import dev.millrace.model.Operation;
import dev.millrace.schema.Column;
import dev.millrace.schema.DataType;
import dev.millrace.schema.Schema;
import dev.millrace.schema.TableId;
import dev.millrace.servers.MySqlServer;
import dev.millrace.source.mysql.TestServers;
import dev.millrace.source.mysql.catalog.CatalogReader;
import dev.millrace.source.mysql.catalog.CharacterSets;
import dev.millrace.source.mysql.catalog.Quoting;
import dev.millrace.source.mysql.catalog.TableDecoder;
import dev.millrace.source.mysql.event.EventReader;
import dev.millrace.source.mysql.event.LogEvent;
import dev.millrace.source.mysql.event.RowsEvent;
import dev.millrace.source.mysql.event.TableMap;
import dev.millrace.source.mysql.position.BinlogPlace;
import dev.millrace.source.mysql.position.LogStart;
import dev.millrace.source.mysql.snapshot.ResultRowDecoder;
import dev.millrace.source.mysql.types.CellDecoder;
import dev.millrace.source.mysql.types.MappedType;
import dev.millrace.source.mysql.types.ResultColumn;
import dev.millrace.source.mysql.types.ResultTypes;
import dev.millrace.source.mysql.types.StoredTypes;
import dev.millrace.source.mysql.types.TextForms;
import dev.millrace.source.mysql.types.TypePolicy;
import dev.millrace.source.mysql.wire.LogRequest;
import dev.millrace.source.mysql.wire.ResultStream;
import dev.millrace.source.mysql.wire.ServerSession;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What the log holds of one table after some statements, read from there to the log's end. */
public final class LogRows {
    private final List<LogEvent.Control> controls = new ArrayList<>();
    private final List<ChangeBatch> batches = new ArrayList<>();
    private final List<TableMap> maps = new ArrayList<>();
    private final String table;
    private final Function<TableMap, Shape> shapes;

    private LogRows(String table, Function<TableMap, Shape> shapes) {
        this.table = table;
        this.shapes = shapes;
    }

    /** What rows become, with a decoder a column. */
    private record Shape(Schema schema, List<CellDecoder> decoders) {}

    public static LogRows of(MySqlServer server, String table, String... statements) throws SQLException {
        return of(server, TypePolicy.STRICT, table, statements);
    }

    public static LogRows of(MySqlServer server, TypePolicy policy, String table, String... statements)
            throws SQLException {
        StoredTypes types = new StoredTypes(CharacterSets.of(() -> TestServers.session(server)), policy);
        return read(server, table, map -> shape(map, types), statements);
    }

    /** The same with the schema that the catalog knows after the statements. */
    public static LogRows byCatalog(MySqlServer server, TypePolicy policy, TableId table, String... statements)
            throws SQLException {
        return read(
                server,
                table.name(),
                map -> {
                    TableDecoder decoder = decoder(server, policy, table);
                    return new Shape(decoder.schema(), decoder.forLog(map));
                },
                statements);
    }

    private static LogRows read(
            MySqlServer server, String table, Function<TableMap, Shape> shapes, String... statements)
            throws SQLException {
        try (ServerSession session = TestServers.session(server)) {
            var row = session.query("show master status").getFirst();
            BinlogPlace place = new BinlogPlace(String.valueOf(row.get(0)), Long.parseLong(String.valueOf(row.get(1))));
            TestServers.execute(server, statements);
            LogRows rows = new LogRows(table, shapes);
            rows.read(new EventReader(
                    session.follow(new LogRequest(new LogStart.At(place), 4711, Duration.ofSeconds(1), true))));
            return rows;
        }
    }

    /** A batch a rows event: an update's rows are an image before and one after. */
    public List<ChangeBatch> batches() {
        return batches;
    }

    /** The table's map at each rows event. */
    public List<TableMap> maps() {
        return maps;
    }

    public List<LogEvent.Control> controls() {
        return controls;
    }

    public <E extends LogEvent> List<E> controls(Class<E> type) {
        return controls.stream().filter(type::isInstance).map(type::cast).toList();
    }

    private static Shape shape(TableMap map, StoredTypes types) {
        List<Column> columns = new ArrayList<>();
        List<CellDecoder> decoders = new ArrayList<>();
        for (int i = 0; i < map.columns().size(); i++) {
            MappedType mapped = types.map(map.columns().get(i));
            String name = map.hasNames() ? map.columns().get(i).name() : "column" + i;
            columns.add(new Column(i + 1, name, mapped.type(), true));
            decoders.add(mapped.decoder());
        }
        return new Shape(new Schema(TableId.of(map.database(), map.table()), 1, columns, List.of()), decoders);
    }

    private static TableDecoder decoder(MySqlServer server, TypePolicy policy, TableId table) {
        try (ServerSession session = TestServers.session(server)) {
            return TableDecoder.of(
                    new CatalogReader(session).read(List.of(table)).getFirst(),
                    CharacterSets.of(() -> TestServers.session(server)),
                    policy);
        }
    }

    /** A table's rows as the catalog's schema has them, by its first column. */
    public static ChangeBatch readByCatalog(MySqlServer server, TypePolicy policy, TableId table) {
        TableDecoder decoder = decoder(server, policy, table);
        String columns = decoder.schema().columns().stream()
                .map(column -> Quoting.identifier(column.name()))
                .collect(Collectors.joining(", "));
        try (ServerSession session = TestServers.session(server)) {
            session.execute("set time_zone = '+00:00', character_set_results = null");
            ResultStream result = session.read("select " + columns + " from " + Quoting.name(table) + " order by 1");
            return batch(decoder.schema(), decoder.forResults(result.columns()), result);
        }
    }

    /** The same table read by a statement, into one batch. */
    public static ChangeBatch read(MySqlServer server, TypePolicy policy, String sql) {
        try (ServerSession session = TestServers.session(server)) {
            TextForms texts = CharacterSets.of(() -> TestServers.session(server));
            session.execute("set time_zone = '+00:00', character_set_results = null");
            ResultStream result = session.read(sql);
            ResultTypes types = new ResultTypes(texts, policy);
            List<Column> columns = new ArrayList<>();
            List<CellDecoder> decoders = new ArrayList<>();
            for (ResultColumn column : result.columns()) {
                MappedType mapped = types.map(column);
                columns.add(new Column(columns.size() + 1, column.name(), mapped.type(), true));
                decoders.add(mapped.decoder());
            }
            return batch(new Schema(TableId.of("read", "back"), 1, columns, List.of()), decoders, result);
        }
    }

    private static ChangeBatch batch(Schema schema, List<CellDecoder> decoders, ResultStream result) {
        ChangeBatchBuilder builder = new ChangeBatchBuilder(schema, ChangeBatch.Origin.SNAPSHOT);
        builder.startTransaction(0, 0, 0);
        ResultRowDecoder decoder = new ResultRowDecoder(decoders);
        while (result.next()) {
            decoder.decode(result, builder);
            builder.endRow(Operation.INSERT);
        }
        return builder.build();
    }

    /** The cells of a batch's column. */
    static List<String> cells(ChangeBatch batch, int column) {
        DataType type = batch.schema().columns().get(column).type();
        return IntStream.range(0, batch.rows())
                .mapToObj(row -> CellText.of(type, batch.column(column), row))
                .toList();
    }

    /** The cells of a column over all batches. */
    public List<String> cells(int column) {
        List<String> cells = new ArrayList<>();
        for (ChangeBatch batch : batches) {
            for (int row = 0; row < batch.rows(); row++) {
                cells.add(CellText.of(batch.schema().columns().get(column).type(), batch.column(column), row));
            }
        }
        return cells;
    }

    private void read(EventReader reader) {
        for (LogEvent event = reader.next(); event != null; event = reader.next()) {
            switch (event) {
                case LogEvent.Control control -> controls.add(control);
                case RowsEvent rows -> {
                    if (rows.table().table().equals(table)) {
                        maps.add(rows.table());
                        batches.add(batch(rows));
                    }
                }
            }
        }
    }

    private ChangeBatch batch(RowsEvent rows) {
        TableMap map = rows.table();
        Shape shape = shapes.apply(map);
        List<RowDecoder.Wanted> wanted = IntStream.range(0, map.columns().size())
                .mapToObj(i -> new RowDecoder.Wanted(i, i, shape.decoders().get(i)))
                .toList();
        ChangeBatchBuilder builder = new ChangeBatchBuilder(shape.schema(), ChangeBatch.Origin.LOG);
        builder.startTransaction(1, 1, 1);
        RowDecoder decoder = new RowDecoder(map.columns(), wanted);
        RowDecoder skipping = new RowDecoder(map.columns(), List.of());
        for (int at = rows.start(); at < rows.end(); ) {
            int end = image(rows.buffer(), at, rows.firstColumns(), decoder, skipping, builder);
            if (rows.kind() == RowsEvent.Kind.UPDATE) {
                builder.endRow(Operation.UPDATE_BEFORE);
                end = image(rows.buffer(), end, rows.secondColumns(), decoder, skipping, builder);
            }
            builder.endRow(
                    switch (rows.kind()) {
                        case INSERT -> Operation.INSERT;
                        case UPDATE -> Operation.UPDATE_AFTER;
                        case DELETE -> Operation.DELETE;
                    });
            at = end;
        }
        return builder.build();
    }

    /** A reader that wants nothing has to end where the other one ends. */
    private static int image(
            byte[] source, int at, byte[] present, RowDecoder decoder, RowDecoder skipping, ChangeBatchBuilder to) {
        int end = decoder.decode(source, at, present, to);
        int skipped = skipping.decode(source, at, present, to);
        if (skipped != end) {
            throw new AssertionError("an image that ends at " + end + " is passed over to " + skipped);
        }
        return end;
    }
}
