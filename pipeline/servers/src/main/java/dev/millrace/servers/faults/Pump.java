package dev.millrace.servers.faults;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** Moves the bytes of one connection in one direction, as the line allows. */
final class Pump {
    private static final int BUFFER = 256 * 1024;

    private final Link link;
    private final Direction direction;
    private final Line line;

    Pump(Link link, Direction direction, Line line) {
        this.link = link;
        this.direction = direction;
        this.line = line;
    }

    /** How a connection's direction ended. */
    enum End {
        /** The sender has nothing more to say. */
        FINISHED,
        /** One of the ends is gone. */
        BROKEN,
        /** The line's cut was reached. */
        CUT
    }

    End run() {
        byte[] buffer = new byte[BUFFER];
        try {
            InputStream in = link.from(direction).getInputStream();
            OutputStream out = link.to(direction).getOutputStream();
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                line.await(read);
                Line.Passage passage = line.admit(read);
                line.count(passage.bytes());
                out.write(buffer, 0, passage.bytes());
                out.flush();
                if (passage.cut()) {
                    return End.CUT;
                }
            }
            link.to(direction).shutdownOutput();
            return End.FINISHED;
        } catch (IOException e) {
            link.reset();
            return End.BROKEN;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            link.reset();
            return End.BROKEN;
        }
    }
}
