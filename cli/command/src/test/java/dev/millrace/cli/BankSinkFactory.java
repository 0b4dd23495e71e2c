package dev.millrace.cli;

import dev.millrace.config.ConfigReader;
import dev.millrace.config.ConfigSection;
import dev.millrace.error.ErrorCode;
import dev.millrace.model.Watermark;
import dev.millrace.schema.Schema;
import dev.millrace.schema.TableId;
import dev.millrace.spi.Committer;
import dev.millrace.spi.Partitioner;
import dev.millrace.spi.Readable;
import dev.millrace.spi.Sink;
import dev.millrace.spi.SinkContext;
import dev.millrace.spi.SinkFactory;
import dev.millrace.spi.SinkWriter;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** {@code type: bank}; with {@code readable: false} one that shows nothing. */
public final class BankSinkFactory implements SinkFactory {
    static final int MILLIONS = 5_000_000;
    private static final Readable.Rows ROWS = new Readable.Rows(
            List.of("id", "name"),
            List.of(
                    List.of(Optional.of("1"), Optional.of("東京")),
                    List.of(Optional.of("20"), Optional.empty()),
                    List.of(Optional.of("300"), Optional.of("NULL"))));

    @Override
    public String type() {
        return "bank";
    }

    @Override
    public Sink create(ConfigSection section, SinkContext context) {
        ConfigReader reader = new ConfigReader(section);
        Bank bank = Bank.named(reader.required("bank"));
        boolean readable = reader.flag("readable", true);
        reader.secret("token");
        reader.finish();
        Sink memory = bank.warehouse.sink(context);
        return readable ? new ReadableSink(bank, memory) : memory;
    }

    private record ReadableSink(Bank bank, Sink memory) implements Sink, Readable {
        @Override
        public SinkWriter openWriter(int index) {
            return memory.openWriter(index);
        }

        @Override
        public Committer openCommitter() {
            Bank.failIfAsked(bank.sinkFailure);
            return memory.openCommitter();
        }

        @Override
        public Partitioner partitioner(Schema schema) {
            return memory.partitioner(schema);
        }

        @Override
        public void close() {
            memory.close();
        }

        @Override
        public void read(TableId table, int limit, OptionalLong checkpoint, Receiver receiver) {
            if (checkpoint.isPresent() && checkpoint.getAsLong() > 100) {
                throw Bank.failure(
                        "BNK-404", ErrorCode.Owner.SINK, "There is no checkpoint " + checkpoint.getAsLong() + ".");
            }
            if (table.name().equals("dotted.name")) {
                receiver.begin(List.of(new Field("id", false), new Field("pair", true)));
                for (int i = 0; i < Math.min(limit, MILLIONS); i++) {
                    receiver.row(List.of(Optional.of(Integer.toString(i)), Optional.of("{\"x\":1,\"y\":\"a b\"}")));
                }
                return;
            }
            receiver.begin(
                    ROWS.columns().stream().map(name -> new Field(name, false)).toList());
            ROWS.cells().stream().limit(limit).forEach(receiver::row);
        }

        @Override
        public List<Manifest> manifests(int limit) {
            return bank.warehouse.visible().reversed().stream()
                    .limit(limit)
                    .map(
                            visible -> new Manifest(
                                    visible.checkpoint().checkpointId(),
                                    visible.checkpoint().sourcePosition(),
                                    Watermark.NONE,
                                    true,
                                    "{\"checkpoint\":" + visible.checkpoint().checkpointId()
                                            + ",\"tables\":{\"public.accounts\":{\"database\":\"public\",\"table\":\"accounts\",\"snapshot\":1},"
                                            + "\"public.notes\":{\"database\":\"public\",\"table\":\"notes\",\"snapshot\":null},"
                                            + "\"public.dotted.name\":{\"database\":\"public\",\"table\":\"dotted.name\",\"snapshot\":1}}}"))
                    .toList();
        }
    }
}
