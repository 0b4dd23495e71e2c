package dev.millrace.source.relational.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.error.CatalogueEntry;
import dev.millrace.error.ErrorCode;
import dev.millrace.error.MillraceException;
import dev.millrace.spi.VersionedBytes;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class StateFormTest {
    private enum Broken implements ErrorCode {
        STATE;

        @Override
        public CatalogueEntry entry() {
            return new CatalogueEntry("XX-001", Owner.INTERNAL, Remedy.STOP);
        }
    }

    private static final StateForm FORM = new StateForm("tested source", Broken.STATE);

    @Property
    void numbersComeBack(@ForAll long number) {
        assertThat(FORM.reader(new StateWriter().number(number).toBytes()).number())
                .isEqualTo(number);
    }

    @Property
    void whatWasWrittenComesBack(@ForAll List<String> texts, @ForAll byte[] bytes, @ForAll boolean flag) {
        StateWriter out = new StateWriter();
        out.list(texts, out::text)
                .bytes(bytes)
                .flag(flag)
                .optional(Optional.of(flag), out::flag)
                .raw(bytes);

        StateReader in = FORM.readerOfCompressed(StateForm.compress(out.toBytes()));

        assertThat(in.list(in::text)).isEqualTo(texts);
        assertThat(in.bytes()).isEqualTo(bytes);
        assertThat(in.flag()).isEqualTo(flag);
        assertThat(in.optional(in::flag)).contains(flag);
        assertThat(in.rest()).isEqualTo(bytes);
    }

    @Property
    void bytesThatMakeNoSenseEndInARefusalOrAValue(@ForAll byte[] bytes) {
        try {
            FORM.read(bytes, in -> List.of(in.list(in::text), in.choice(TimeUnit.values()), in.bytes()));
        } catch (MillraceException refused) {
            assertThat(refused.code()).isEqualTo(Broken.STATE);
            assertThat(refused).hasMessageContaining("damaged");
        }
    }

    @Test
    void refusesWhatIsDamagedByTheSourcesNameAndCode() {
        assertRefused(() -> FORM.reader(new byte[] {2}).bytes());
        assertRefused(() -> FORM.expand(new byte[] {1, 2, 3}));
        assertRefused(() -> FORM.reader(new byte[] {20}).choice(TimeUnit.values()));
        assertRefused(() -> FORM.read(new byte[0], in -> Integer.parseInt("x")));
        byte[] endless = new byte[20];
        Arrays.fill(endless, (byte) -1);
        assertRefused(() -> FORM.reader(endless).number());
    }

    private static void assertRefused(ThrowingCallable reading) {
        assertThatThrownBy(reading)
                .isInstanceOfSatisfying(
                        MillraceException.class, e -> assertThat(e.code()).isEqualTo(Broken.STATE))
                .hasMessageContaining("tested source")
                .hasMessageContaining("damaged");
    }

    @Test
    void takesTheVersionsThatItKnows() {
        VersionedBytes state = new VersionedBytes(3, new byte[] {7});
        assertThat(FORM.check(state, 3)).containsExactly(7);
        assertThat(FORM.check(state, 2, 4)).containsExactly(7);
        assertThatThrownBy(() -> FORM.check(state, 2))
                .hasMessageContaining("version 3")
                .hasMessageContaining("knows version 2");
        assertThatThrownBy(() -> FORM.check(state, 4, 5)).isInstanceOf(MillraceException.class);
    }
}
