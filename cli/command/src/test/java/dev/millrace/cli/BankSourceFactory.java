package dev.millrace.cli;

import dev.millrace.config.ConfigReader;
import dev.millrace.config.ConfigSection;
import dev.millrace.spi.Checkable;
import dev.millrace.spi.Droppable;
import dev.millrace.spi.Source;
import dev.millrace.spi.SourceContext;
import dev.millrace.spi.SourceFactory;
import dev.millrace.spi.SourceProgress;
import dev.millrace.spi.Split;
import dev.millrace.spi.SplitEnumerator;
import dev.millrace.spi.SplitReader;
import dev.millrace.spi.VersionedBytes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@code type: bank}. */
public final class BankSourceFactory implements SourceFactory {
    @Override
    public String type() {
        return "bank";
    }

    @Override
    public Source create(ConfigSection section, SourceContext context) {
        ConfigReader reader = new ConfigReader(section);
        Bank bank = Bank.named(reader.required("bank"));
        reader.integer("port", 1, 1, 65535);
        reader.optional("hostname");
        reader.optional("username");
        reader.secret("password");
        reader.finish();
        return new BankSource(bank, bank.database.source(context));
    }

    private record BankSource(Bank bank, Source memory) implements Source, Checkable, Droppable {
        @Override
        public SplitEnumerator openEnumerator(Optional<VersionedBytes> restored, List<Split> unfinished) {
            Bank.failIfAsked(bank.sourceFailure);
            return memory.openEnumerator(restored, unfinished);
        }

        @Override
        public SplitReader openReader(int index) {
            return memory.openReader(index);
        }

        @Override
        public SourceProgress progress() {
            return new SourceProgress(SourceProgress.Phase.STREAMING, 3, 3, 29, 29, 0, 0);
        }

        @Override
        public void close() {
            memory.close();
        }

        @Override
        public List<Finding> check() {
            return bank.findings;
        }

        @Override
        public List<Finding> check(VersionedBytes state) {
            return List.of(new Finding(Level.OK, "state", "can be gone on from", ""));
        }

        @Override
        public List<String> toDrop(Optional<VersionedBytes> state) {
            List<String> all = new ArrayList<>(bank.slots);
            state.ifPresent(known -> all.add("what the state names"));
            return all;
        }

        @Override
        public void drop(Optional<VersionedBytes> state) {
            bank.slots.clear();
        }
    }
}
