package dev.millrace.source.mysql.types;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.HexFormat;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.RandomDistribution;

class PackedDecimalProperties {
    private record Sample(PackedDecimal form, BigInteger unscaled) {}

    @Provide
    Arbitrary<Sample> samples() {
        return Arbitraries.integers()
                .between(1, 65)
                .flatMap(precision -> Arbitraries.integers()
                        .between(0, Math.min(30, precision))
                        .flatMap(scale -> Combinators.combine(
                                        Arbitraries.bigIntegers()
                                                .between(
                                                        BigInteger.ZERO,
                                                        BigInteger.TEN
                                                                .pow(precision)
                                                                .subtract(BigInteger.ONE))
                                                .withDistribution(RandomDistribution.uniform()),
                                        Arbitraries.of(true, false))
                                .as((value, negative) -> new Sample(
                                        new PackedDecimal(precision, scale), negative ? value.negate() : value))));
    }

    @Property
    void readsWhatWasPackedGroupByGroup(@ForAll("samples") Sample sample) {
        byte[] packed = pack(sample.form(), sample.unscaled());

        assertThat(packed).hasSize(3 + sample.form().length());
        assertThat(sample.form().wideUnscaled(packed, 3)).isEqualTo(sample.unscaled());
        if (sample.form().precision() <= 18) {
            assertThat(sample.form().unscaled(packed, 3))
                    .isEqualTo(sample.unscaled().longValueExact());
        }
    }

    /** As the server's documentation describes it, from the decimal's text; behind three bytes of something else. */
    private static byte[] pack(PackedDecimal form, BigInteger unscaled) {
        int whole = form.precision() - form.scale();
        String text = new BigDecimal(unscaled.abs(), form.scale()).toPlainString();
        String[] parts = (text + (form.scale() == 0 ? "." : "")).split("\\.", -1);
        String before = whole == 0 ? "" : "0".repeat(whole - parts[0].length()) + parts[0];
        StringBuilder hex = new StringBuilder();
        int first = whole % 9;
        group(before.substring(0, first), hex);
        for (int at = first; at < whole; at += 9) {
            group(before.substring(at, at + 9), hex);
        }
        for (int at = 0; at < form.scale(); at += 9) {
            group(parts[1].substring(at, Math.min(at + 9, form.scale())), hex);
        }
        byte[] packed = HexFormat.of().parseHex("777777" + hex);
        packed[3] ^= (byte) 0x80;
        for (int i = 3; unscaled.signum() < 0 && i < packed.length; i++) {
            packed[i] = (byte) ~packed[i];
        }
        return packed;
    }

    private static void group(String digits, StringBuilder hex) {
        int bytes = (digits.length() + 1) / 2 - (digits.length() == 9 ? 1 : 0);
        if (bytes > 0) {
            hex.append(String.format("%0" + 2 * bytes + "x", Integer.parseInt(digits)));
        }
    }
}
