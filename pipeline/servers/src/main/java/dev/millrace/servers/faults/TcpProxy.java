package dev.millrace.servers.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A network between clients and one server whose faults are switched on and off while connections are open. All methods
 * may be called from any thread; a fault holds for open and for new connections alike, until {@link #heal()}.
 */
public final class TcpProxy implements AutoCloseable {
    private static final int BACKLOG = 100;

    private final String host;
    private final int port;
    private final ServerSocket door;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Map<Direction, Line> lines = new EnumMap<>(Direction.class);
    private final Set<Link> links = ConcurrentHashMap.newKeySet();
    private final AtomicLong accepted = new AtomicLong();
    private volatile boolean refusing;

    private TcpProxy(String host, int port) throws IOException {
        this.host = host;
        this.port = port;
        this.door = new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
        for (Direction direction : Direction.values()) {
            lines.put(direction, new Line());
        }
    }

    /** A proxy on a free port of the loopback address. */
    public static TcpProxy to(String host, int port) {
        try {
            TcpProxy proxy = new TcpProxy(host, port);
            proxy.threads.execute(proxy::acceptAll);
            return proxy;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public String host() {
        return "127.0.0.1";
    }

    public int port() {
        return door.getLocalPort();
    }

    /** Every chunk of bytes is that late, each way: a request and its answer take twice as long. */
    public void latency(Duration each) {
        lines.values().forEach(line -> line.delay(each));
    }

    /** At most so many bytes a second over each connection, each way. */
    public void rate(long bytesPerSecond) {
        lines.values().forEach(line -> line.limit(bytesPerSecond));
    }

    /**
     * Nothing passes any more, and nobody is told: both ends seem to hang. What was sent meanwhile arrives after
     * healing.
     */
    public void blackhole() {
        lines.values().forEach(line -> line.silence(true));
    }

    /** New connections are reset at once. */
    public void refuse() {
        refusing = true;
    }

    /** Resets all open connections; new ones are welcome. */
    public void cutAll() {
        links.forEach(Link::reset);
    }

    /**
     * Resets all connections once so many more bytes went this way over all of them: in the middle of a message, say.
     */
    public void cutAfter(Direction direction, long bytes) {
        line(direction).cutAfter(bytes);
    }

    /** Ends all faults. What was cut stays cut. */
    public void heal() {
        refusing = false;
        lines.values().forEach(Line::heal);
    }

    /** How many connections were accepted so far, refused ones included. */
    public long accepted() {
        return accepted.get();
    }

    /** How many bytes went this way so far. */
    public long passed(Direction direction) {
        return line(direction).passed();
    }

    @Override
    public void close() {
        try {
            door.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        cutAll();
        threads.shutdownNow();
    }

    private Line line(Direction direction) {
        Line line = lines.get(direction);
        if (line == null) {
            throw new AssertionError(direction);
        }
        return line;
    }

    private void acceptAll() {
        try {
            while (true) {
                Socket client = door.accept();
                accepted.incrementAndGet();
                if (refusing || !connect(client)) {
                    Link.reset(client);
                }
            }
        } catch (IOException closed) {
            cutAll();
        }
    }

    /** Tells whether there is a server at the other end. */
    private boolean connect(Socket client) {
        try {
            Socket server = new Socket(host, port);
            client.setTcpNoDelay(true);
            server.setTcpNoDelay(true);
            Link link = new Link(client, server);
            links.add(link);
            threads.execute(() -> pump(link, Direction.TO_SERVER));
            threads.execute(() -> pump(link, Direction.TO_CLIENT));
            return true;
        } catch (IOException noServer) {
            return false;
        }
    }

    private void pump(Link link, Direction direction) {
        if (new Pump(link, direction, line(direction)).run() == Pump.End.CUT) {
            cutAll();
        }
        if (link.isClosed()) {
            links.remove(link);
        }
    }
}
