package dev.millrace.source.mysql.position;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class LogPositionProperties {
    private static final BinlogPlace PLACE = new BinlogPlace("binlog.000002", 100);
    private static final List<GtidSource> SOURCES =
            List.of(new GtidSource(new UUID(0, 1), ""), new GtidSource(new UUID(-1, 2), ""));

    @Provide
    Arbitrary<List<TransactionId>> transactions() {
        return Combinators.combine(Arbitraries.of(SOURCES), Arbitraries.longs().between(1, 20))
                .as((source, number) -> (TransactionId) new TransactionId.MySql(source, number, PLACE))
                .list()
                .ofMaxSize(40);
    }

    @Provide
    Arbitrary<List<MariaDbGtid>> gtids() {
        return Combinators.combine(
                        Arbitraries.longs().between(0, 2), Arbitraries.longs().between(1, 20))
                .as((domain, sequence) -> new MariaDbGtid(domain, 1, sequence))
                .list()
                .ofMaxSize(40);
    }

    @Property
    void gathersWhatWasRead(
            @ForAll("transactions") List<TransactionId> before, @ForAll("transactions") List<TransactionId> after) {
        GtidSet start = set(before);
        ReadTransactions read = new ReadTransactions(new LogStart.After(start));
        after.forEach(transaction -> read.add(transaction, PLACE));

        assertThat(read.toStart()).isEqualTo(new LogStart.After(start.union(set(after))));
        assertThat(read.toStart()).isEqualTo(read.toStart());
    }

    @Property
    void gathersTheLastOfEachDomain(@ForAll("gtids") List<MariaDbGtid> gtids) {
        ReadTransactions read = new ReadTransactions(new LogStart.AfterMariaDb(MariaDbGtidList.EMPTY));
        MariaDbGtidList expected = MariaDbGtidList.EMPTY;
        for (MariaDbGtid gtid : gtids) {
            read.add(new TransactionId.MariaDb(gtid, PLACE), PLACE);
            expected = expected.with(gtid);
        }

        assertThat(read.toStart()).isEqualTo(new LogStart.AfterMariaDb(expected));
    }

    @Property
    void containsAndCoversByGtids(
            @ForAll("transactions") List<TransactionId> here, @ForAll("transactions") List<TransactionId> there) {
        LogPosition position = LogPosition.first(new LogStart.After(set(here)), PLACE);
        LogPosition other = LogPosition.first(new LogStart.After(set(there)), new BinlogPlace("other.000009", 4));

        Set<TransactionId> known = new HashSet<>(here);
        assertThat(there)
                .allSatisfy(transaction ->
                        assertThat(position.contains(transaction)).isEqualTo(known.contains(transaction)));
        assertThat(position.covers(other)).isEqualTo(known.containsAll(there));
    }

    @Example
    void containsByTheFilesWhatBeginsBefore() {
        LogPosition position = LogPosition.first(new LogStart.At(PLACE), PLACE);

        assertThat(position.contains(at("binlog.000002", 99))).isTrue();
        assertThat(position.contains(at("binlog.000002", 100))).isFalse();
        assertThat(position.contains(at("binlog.000001", 5000))).isTrue();
        assertThat(position.contains(at("binlog.000010", 4))).isFalse();
        assertThat(at("binlog.999999", 4).begin())
                .isLessThan(at("binlog.1000000", 4).begin());
        assertThat(position.covers(LogPosition.first(new LogStart.At(PLACE), PLACE)))
                .isTrue();
        BinlogPlace later = new BinlogPlace("binlog.000003", 4);
        assertThat(position.covers(LogPosition.first(new LogStart.At(later), later)))
                .isFalse();
    }

    @Example
    void followsTheFilesWhereThereAreNoGtids() {
        ReadTransactions read = new ReadTransactions(new LogStart.At(PLACE));
        BinlogPlace end = new BinlogPlace("binlog.000002", 300);

        read.add(at("binlog.000002", 100), end);
        assertThat(read.toStart()).isEqualTo(new LogStart.At(end));
        BinlogPlace next = new BinlogPlace("binlog.000003", 4);
        read.reached(next);
        assertThat(read.toStart()).isEqualTo(new LogStart.At(next));
    }

    private static TransactionId at(String file, long offset) {
        return new TransactionId.Anonymous(new BinlogPlace(file, offset));
    }

    private static GtidSet set(List<TransactionId> transactions) {
        GtidSet set = GtidSet.EMPTY;
        for (TransactionId transaction : transactions) {
            TransactionId.MySql id = (TransactionId.MySql) transaction;
            set = set.with(id.source(), id.number());
        }
        return set;
    }
}
