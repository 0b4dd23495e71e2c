package dev.millrace.servers.s3;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * An object as it was put.
 *
 * @param etag with its quotes
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody
record StoredObject(byte[] data, String etag, Instant modified, Map<String, String> metadata) {

    static StoredObject of(byte[] data, Map<String, String> metadata) {
        return new StoredObject(data, "\"" + md5(data) + "\"", now(), metadata);
    }

    /** As the store marks objects that came in parts: their number stands in the tag. */
    static StoredObject ofParts(byte[] data, int parts, Map<String, String> metadata) {
        return new StoredObject(data, "\"" + md5(data) + "-" + parts + "\"", now(), metadata);
    }

    StoredObject copied() {
        return new StoredObject(data, etag, now(), metadata);
    }

    boolean hasTag(String condition) {
        return condition.equals("*") || condition.replace("\"", "").equals(etag.replace("\"", ""));
    }

    /** What of a request's headers is kept and given back. */
    static Map<String, String> metadataOf(S3Request request) {
        Map<String, String> kept = new TreeMap<>();
        request.headers().forEach((name, values) -> {
            String lower = name.toLowerCase(Locale.ROOT);
            if (lower.startsWith("x-amz-meta-") || lower.equals("content-type")) {
                kept.put(name, values.get(0));
            }
        });
        return kept;
    }

    /** Answers give times to the second only, listings to the millisecond. */
    private static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.MILLIS);
    }

    private static String md5(byte[] data) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(data));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
