package dev.millrace.source.mysql.position;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class GtidSetProperties {
    private static final List<GtidSource> SOURCES = List.of(
            new GtidSource(UUID.fromString("00000000-0000-0000-0000-000000000001"), ""),
            new GtidSource(UUID.fromString("00000000-0000-0000-0000-000000000001"), "payroll"),
            new GtidSource(UUID.fromString("ffffffff-0000-0000-0000-000000000002"), ""));

    private record Gtid(GtidSource source, long number) {}

    @Provide
    Arbitrary<Set<Gtid>> gtids() {
        return Combinators.combine(Arbitraries.of(SOURCES), Arbitraries.longs().between(1, 25))
                .as(Gtid::new)
                .set()
                .ofMaxSize(40);
    }

    @Property
    void isReadFromWhatItPrints(@ForAll("gtids") Set<Gtid> gtids) {
        GtidSet set = set(gtids);

        assertThat(GtidSet.parse(set.toString())).isEqualTo(set);
        assertThat(GtidSet.parse(set.toString().replace(",", ",\n "))).isEqualTo(set);
    }

    @Property
    void holdsWhatWasAdded(@ForAll("gtids") Set<Gtid> gtids, @ForAll("gtids") Set<Gtid> others) {
        GtidSet set = set(gtids);

        for (Gtid gtid : union(gtids, others)) {
            assertThat(set.contains(gtid.source(), gtid.number())).isEqualTo(gtids.contains(gtid));
        }
        assertThat(set.containsAll(set(others))).isEqualTo(gtids.containsAll(others));
    }

    @Property
    void isJoinedAndSubtractedAsSetsAre(@ForAll("gtids") Set<Gtid> gtids, @ForAll("gtids") Set<Gtid> others) {
        Set<Gtid> rest = new HashSet<>(gtids);
        rest.removeAll(others);

        assertThat(set(gtids).union(set(others))).isEqualTo(set(union(gtids, others)));
        assertThat(set(gtids).minus(set(others))).isEqualTo(set(rest));
    }

    private static Set<Gtid> union(Set<Gtid> gtids, Set<Gtid> others) {
        Set<Gtid> all = new HashSet<>(gtids);
        all.addAll(others);
        return all;
    }

    private static GtidSet set(Set<Gtid> gtids) {
        GtidSet set = GtidSet.EMPTY;
        for (Gtid gtid : gtids) {
            set = set.with(gtid.source(), gtid.number());
        }
        return set;
    }
}
