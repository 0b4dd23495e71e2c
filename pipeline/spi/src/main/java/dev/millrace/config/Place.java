package dev.millrace.config;

/** A place in a file that a person wrote; line and column count from 1. Values given on the command line have line 0. */
public record Place(String file, int line, int column) {
    @Override
    public String toString() {
        return line == 0 ? file : file + ":" + line + ":" + column;
    }
}
