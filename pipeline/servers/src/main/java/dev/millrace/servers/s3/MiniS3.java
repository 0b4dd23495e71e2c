package dev.millrace.servers.s3;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The store's server. It keeps nothing beyond {@link #close()}. */
public final class MiniS3 implements AutoCloseable {
    private static final int BACKLOG = 512;

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Operations operations = new Operations();
    private volatile S3Faults faults = S3Faults.NONE;

    private MiniS3() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), BACKLOG);
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    /** An empty store on a free port of the loopback address. */
    public static MiniS3 started() {
        try {
            return new MiniS3();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where clients connect; they have to use path-style addresses. */
    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** Decides from now on which requests fail, and how. */
    public void faults(S3Faults plan) {
        faults = plan;
    }

    /** From now on nothing fails any more. */
    public void heal() {
        faults = S3Faults.NONE;
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            S3Request request = S3Request.read(exchange);
            Optional<S3Fault> fault = faults.faultFor(request.method(), request.bucket() + "/" + request.key());
            switch (fault.orElse(null)) {
                case null -> answer(request).send(exchange);
                case S3Fault.Status(int status, String code) ->
                    S3Response.error(new S3Error(status, code)).send(exchange);
                case S3Fault.Drop() -> {}
                case S3Fault.LoseAnswer() -> answer(request);
                case S3Fault.Delay delay -> {
                    Thread.sleep(delay.duration());
                    answer(request).send(exchange);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private S3Response answer(S3Request request) {
        try {
            return operations.perform(request);
        } catch (S3Error e) {
            return S3Response.error(e);
        }
    }
}
