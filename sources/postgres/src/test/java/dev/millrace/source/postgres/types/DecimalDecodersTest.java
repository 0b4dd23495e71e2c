package dev.millrace.source.postgres.types;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.model.BytesVector;
import dev.millrace.model.LongVector;
import dev.millrace.model.VectorBuilder;
import dev.millrace.schema.DataType;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.BigRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

/** Numbers in the server's binary format, written here by its rules. */
class DecimalDecodersTest {
    private static final BigInteger BASE = BigInteger.valueOf(10_000);

    @Property
    void shortDecimalsKeepTheirValue(
            @ForAll @LongRange(min = -999_999_999_999_999_999L, max = 999_999_999_999_999_999L) long unscaled,
            @ForAll @IntRange(max = 18) int scale) {
        LongVector.Builder target = (LongVector.Builder) VectorBuilder.of(new DataType.Decimal(18, scale));
        byte[] binary = binary(BigDecimal.valueOf(unscaled, scale));
        new DecimalDecoder(scale).decode(binary, 0, binary.length, target);
        assertThat(target.build().get(0)).isEqualTo(unscaled);
    }

    @Property
    void longDecimalsKeepTheirValue(
            @ForAll
                    @BigRange(
                            min = "-1000000000000000000000000000000000000000000000000",
                            max = "1000000000000000000000000000000000000000000000000")
                    BigInteger unscaled,
            @ForAll @IntRange(max = 50) int scale) {
        BytesVector.Builder target = (BytesVector.Builder) VectorBuilder.of(new DataType.Decimal(50, scale));
        byte[] binary = binary(new BigDecimal(unscaled, scale));
        new WideDecimalDecoder(scale).decode(binary, 0, binary.length, target);
        assertThat(new BigInteger(target.build().copy(0))).isEqualTo(unscaled);
    }

    @Property
    void textsShowTheScale(
            @ForAll @BigRange(min = "-100000000000000000000000000", max = "100000000000000000000000000")
                    BigInteger unscaled,
            @ForAll @IntRange(max = 40) int scale) {
        StringBuilder text = new StringBuilder();
        byte[] binary = binary(new BigDecimal(unscaled, scale));
        NumericText.render(binary, 0, binary.length, text);
        assertThat(text).hasToString(new BigDecimal(unscaled, scale).toPlainString());
    }

    /** Digits to the base 10,000 on both sides of the point, without zeros at either end. */
    private static byte[] binary(BigDecimal value) {
        int groups = (value.scale() + 3) / 4;
        BigInteger whole = value.abs().setScale(4 * groups).unscaledValue();
        List<Integer> digits = new ArrayList<>();
        for (BigInteger rest = whole; rest.signum() > 0; rest = rest.divide(BASE)) {
            digits.add(rest.mod(BASE).intValue());
        }
        Collections.reverse(digits);
        int weight = digits.size() - groups - 1;
        while (!digits.isEmpty() && digits.getLast() == 0) {
            digits.removeLast();
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeShort(digits.size());
            out.writeShort(digits.isEmpty() ? 0 : weight);
            out.writeShort(value.signum() < 0 ? 0x4000 : 0);
            out.writeShort(value.scale());
            for (int digit : digits) {
                out.writeShort(digit);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
