package dev.millrace.source.mysql.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class PacketInputProperties {
    private static final int PART = 0xffffff;

    @Property(tries = 200)
    void cutsAStreamWhereverItsReadsEnd(
            @ForAll @Size(max = 20) List<@IntRange(max = 400_000) Integer> lengths,
            @ForAll @IntRange(min = 1, max = 300_000) int read)
            throws IOException {
        assertCut(lengths, read);
    }

    @Example
    void putsPartsTogether() throws IOException {
        assertCut(List.of(7, PART - 1, PART, 3, PART + 1, 2 * PART + 5, 0, 9), 100_003);
    }

    @Example
    void saysThatAPacketEndsEarly() {
        PacketInput input = new PacketInput(new ByteArrayInputStream(new byte[] {9, 0, 0, 0, 1, 2}));

        assertThatThrownBy(input::receive).isInstanceOf(EOFException.class);
    }

    private static void assertCut(List<Integer> lengths, int read) throws IOException {
        ByteArrayOutputStream stream = new ByteArrayOutputStream();
        for (int i = 0; i < lengths.size(); i++) {
            send(content(i, lengths.get(i)), stream);
        }
        PacketInput input = new PacketInput(new ByteArrayInputStream(stream.toByteArray()) {
            @Override
            public int read(byte[] target, int offset, int length) {
                return super.read(target, offset, Math.min(length, read));
            }
        });
        for (int i = 0; i < lengths.size(); i++) {
            input.receive();
            assertThat(Arrays.equals(
                            content(i, lengths.get(i)), Arrays.copyOfRange(input.buffer(), input.start(), input.end())))
                    .isTrue();
        }
        assertThatThrownBy(input::receive).isInstanceOf(EOFException.class);
    }

    private static byte[] content(int number, int length) {
        byte[] content = new byte[length];
        new Random(number).nextBytes(content);
        return content;
    }

    private static void send(byte[] content, ByteArrayOutputStream stream) {
        int sent = 0;
        int part;
        do {
            part = Math.min(PART, content.length - sent);
            stream.writeBytes(new byte[] {(byte) part, (byte) (part >> 8), (byte) (part >> 16), 0});
            stream.write(content, sent, part);
            sent += part;
        } while (part == PART);
    }
}
