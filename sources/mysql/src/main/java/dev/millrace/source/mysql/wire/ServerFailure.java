package dev.millrace.source.mysql.wire;

import dev.millrace.error.MillraceException;
import dev.millrace.source.mysql.bytes.ByteReader;
import dev.millrace.source.mysql.failure.MySqlError;
import java.io.IOException;
import java.util.regex.Pattern;

/** From a server's error packets and broken connections to our errors. */
final class ServerFailure {
    static final int ERROR_PACKET = 0xff;
    private static final int STATE_MARK = '#';
    private static final int STATE_LENGTH = 6;
    private static final int LOG_READING = 1236;
    private static final int MARIADB_SAME_ID = 4052;

    /** What servers say when a second reader comes under the same number. */
    private static final Pattern SAME_ID = Pattern.compile("same server_(uuid|id)");

    private ServerFailure() {}

    /** @param doing what was being done, to follow "while": {@code logging in} */
    static MillraceException broken(ServerAddress server, String doing, IOException cause) {
        return new MillraceException(
                MySqlError.CONNECTION,
                "The connection to " + server + " broke while " + doing + ": " + cause.getMessage(),
                "See that the server runs and that 'hostname', 'port' and the TLS settings are right; a run goes on from its last checkpoint.",
                cause);
    }

    /** @param packet from behind the mark of an error packet on */
    static MillraceException refused(ServerAddress server, String doing, ByteReader packet) {
        int number = packet.uint2();
        String text = packet.text(packet.remaining());
        if (!text.isEmpty() && text.charAt(0) == STATE_MARK && text.length() >= STATE_LENGTH) {
            text = text.substring(STATE_LENGTH);
        }
        return refused(server + " refused while " + doing + ": " + text + " (error " + number + ")", number);
    }

    private static MillraceException refused(String message, int number) {
        return switch (number) {
            case 1045, 1698, 1524, 3118, 1820, 1862, 2061 ->
                new MillraceException(
                        MySqlError.LOGIN,
                        message,
                        "Correct 'username' and 'password', or see to the account at the server.");
            // The last one is all that XA RECOVER says to whom it is not allowed.
            case 1044, 1142, 1143, 1227, 1370, 1401 ->
                new MillraceException(MySqlError.PRIVILEGE, message, "Give the user the right that the message names.");
            case 1040, 1129, 1130, 1203, 1226, 1053, 1152, 1317 ->
                new MillraceException(
                        MySqlError.CONNECTION,
                        message,
                        "See that the server takes connections from here; a run goes on from its last checkpoint.");
            case MARIADB_SAME_ID -> sameId(message);
            case 1205 ->
                new MillraceException(MySqlError.LOCKED, message, "Find who holds it in 'show full processlist'.");
            case 1054, 1146, 1176 ->
                new MillraceException(
                        MySqlError.SCHEMA,
                        message,
                        "Undo the change at the source, or drop the pipeline ('cdc drop'), remove its tables from the sink and start anew.");
            case 1412 ->
                new MillraceException(
                        MySqlError.REWRITTEN,
                        message,
                        "The table was truncated or altered since the snapshot was taken: its snapshot begins anew.");
            case LOG_READING ->
                SAME_ID.matcher(message).find()
                        ? sameId(message)
                        : new MillraceException(
                                MySqlError.LOG_LOST,
                                message,
                                "If the log was purged, the changes in it are lost: 'cdc drop', remove the tables from the sink and start anew; and keep the log for longer.");
            default -> new MillraceException(MySqlError.STATEMENT, message, "Read the server's log for the cause.");
        };
    }

    private static MillraceException sameId(String message) {
        return new MillraceException(
                MySqlError.SERVER_ID,
                message,
                "Give each pipeline and each replica a 'server-id' of its own, and see that no other process runs this pipeline.");
    }
}
