package dev.millrace.servers.s3;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** An answer. To a HEAD request it goes without its body, but with its length. */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody
record S3Response(int status, Map<String, String> headers, byte[] body) {
    private static final int NO_CONTENT = 204;
    private static final int NOT_MODIFIED = 304;

    static S3Response empty(int status) {
        return new S3Response(status, Map.of(), new byte[0]);
    }

    static S3Response xml(Xml document) {
        return xml(200, document);
    }

    static S3Response error(S3Error error) {
        return xml(error.status(), new Xml("Error").text("Code", error.code()).text("Message", error.code()));
    }

    S3Response with(String header, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new S3Response(status, more, body);
    }

    void send(HttpExchange exchange) throws IOException {
        headers.forEach(exchange.getResponseHeaders()::set);
        boolean head = exchange.getRequestMethod().equals("HEAD");
        boolean bodiless = head || body.length == 0 || status == NO_CONTENT || status == NOT_MODIFIED;
        if (head) {
            exchange.getResponseHeaders().set("Content-Length", Integer.toString(body.length));
        }
        exchange.sendResponseHeaders(status, bodiless ? -1 : body.length);
        if (!bodiless) {
            exchange.getResponseBody().write(body);
        }
    }

    private static S3Response xml(int status, Xml document) {
        byte[] body = document.toString().getBytes(StandardCharsets.UTF_8);
        return new S3Response(status, Map.of("Content-Type", "application/xml"), body);
    }
}
