package dev.millrace.servers.s3;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** The client's own chunked encoding ({@code aws-chunked}): a length, a signature and the bytes, over and over. */
final class ChunkedBody {
    private static final int HEX = 16;

    private ChunkedBody() {}

    static byte[] decode(byte[] encoded) {
        ByteArrayOutputStream decoded = new ByteArrayOutputStream(encoded.length);
        int at = 0;
        while (at < encoded.length) {
            int end = at;
            while (encoded[end] != '\r') {
                end++;
            }
            String head = new String(encoded, at, end - at, StandardCharsets.US_ASCII);
            int signature = head.indexOf(';');
            int length = Integer.parseInt(signature < 0 ? head : head.substring(0, signature), HEX);
            if (length == 0) {
                break;
            }
            decoded.write(encoded, end + 2, length);
            at = end + 2 + length + 2;
        }
        return decoded.toByteArray();
    }
}
