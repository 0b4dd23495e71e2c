package dev.millrace.state.s3;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * Who owns a location, as it is written there.
 *
 * @param token         made by one owner, never used again
 * @param expiresMillis when it lapses unless renewed, by the owner's clock
 * @param process       where the owner runs
 * @param owner         for people
 */
record Lease(String token, long expiresMillis, OwnProcess process, String owner) {
    private static final int LINES = 6;

    byte[] encode() {
        return String.join(
                        "\n",
                        token,
                        Long.toString(expiresMillis),
                        process.host(),
                        Long.toString(process.pid()),
                        Long.toString(process.startedMillis()),
                        owner.replace('\n', ' '))
                .getBytes(StandardCharsets.UTF_8);
    }

    /** Empty where the bytes are not a lease. */
    static Optional<Lease> decode(byte[] bytes) {
        List<String> lines = new String(bytes, StandardCharsets.UTF_8).lines().toList();
        if (lines.size() < LINES) {
            return Optional.empty();
        }
        try {
            OwnProcess process =
                    new OwnProcess(lines.get(2), Long.parseLong(lines.get(3)), Long.parseLong(lines.get(4)));
            return Optional.of(new Lease(lines.get(0), Long.parseLong(lines.get(1)), process, lines.get(5)));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    Lease until(long millis) {
        return new Lease(token, millis, process, owner);
    }
}
