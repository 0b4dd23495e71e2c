package dev.millrace.source.lines;

import dev.millrace.spi.Split;
import dev.millrace.spi.VersionedBytes;
import java.nio.charset.StandardCharsets;

/**
 * A part of a file that is yet to be read.
 *
 * @param from where the next line begins
 * @param to   where the file ended when this was handed out
 */
record Stretch(String file, long from, long to) {
    private static final int VERSION = 1;

    static Stretch of(Split split) {
        String[] places = new String(split.state().bytes(), StandardCharsets.UTF_8).split(" ");
        return new Stretch(split.id(), Long.parseLong(places[0]), Long.parseLong(places[1]));
    }

    Split toSplit() {
        return new Split(file, new VersionedBytes(VERSION, (from + " " + to).getBytes(StandardCharsets.UTF_8)));
    }

    /** What is left of it from this place on. */
    Stretch after(long place) {
        return new Stretch(file, place, to);
    }

    /** The same with another end. */
    Stretch upTo(long end) {
        return new Stretch(file, from, end);
    }
}
