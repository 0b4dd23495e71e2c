package dev.millrace.servers.s3;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A request, read to its end: a client that is refused must get the answer, not a reset connection.
 *
 * @param key empty for a request about a whole bucket
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody
record S3Request(String method, String bucket, String key, Map<String, String> query, Headers headers, byte[] body) {

    static S3Request read(HttpExchange exchange) throws IOException {
        String path = decode(exchange.getRequestURI().getRawPath());
        int slash = path.indexOf('/', 1);
        String bucket = slash < 0 ? path.substring(1) : path.substring(1, slash);
        String key = slash < 0 ? "" : path.substring(slash + 1);
        Headers headers = exchange.getRequestHeaders();
        byte[] body = exchange.getRequestBody().readAllBytes();
        String hash = headers.getFirst("x-amz-content-sha256");
        boolean chunked = hash != null && hash.startsWith("STREAMING-");
        return new S3Request(
                exchange.getRequestMethod(),
                bucket,
                key,
                query(exchange.getRequestURI().getRawQuery()),
                headers,
                chunked ? ChunkedBody.decode(body) : body);
    }

    boolean asks(String parameter) {
        return query.containsKey(parameter);
    }

    String parameter(String name, String fallback) {
        return query.getOrDefault(name, fallback);
    }

    String parameter(String name) {
        String value = query.get(name);
        if (value == null) {
            throw new S3Error(400, "InvalidArgument");
        }
        return value;
    }

    int number(String name, int fallback) {
        String value = query.get(name);
        return value == null ? fallback : Integer.parseInt(value);
    }

    Optional<String> header(String name) {
        return Optional.ofNullable(headers.getFirst(name));
    }

    /** Bucket and key that are to be copied from. */
    Optional<String> copySource() {
        return header("x-amz-copy-source").map(S3Request::decode).map(path -> path.replaceFirst("^/", ""));
    }

    private static Map<String, String> query(@Nullable String raw) {
        Map<String, String> parameters = new HashMap<>();
        if (raw != null) {
            for (String part : raw.split("&", -1)) {
                int equals = part.indexOf('=');
                String name = equals < 0 ? part : part.substring(0, equals);
                String value = equals < 0 ? "" : part.substring(equals + 1);
                parameters.put(
                        URLDecoder.decode(name, StandardCharsets.UTF_8),
                        URLDecoder.decode(value, StandardCharsets.UTF_8));
            }
        }
        return parameters;
    }

    /** In a path a plus is a plus, not a space. */
    private static String decode(String path) {
        return URLDecoder.decode(path.replace("+", "%2B"), StandardCharsets.UTF_8);
    }
}
