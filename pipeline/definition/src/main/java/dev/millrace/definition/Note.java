package dev.millrace.definition;

import dev.millrace.config.Place;

/** Something in the file that is accepted and has no effect here, or another one than the reader may expect. */
public record Note(Place place, String message) {
    @Override
    public String toString() {
        return place + ": " + message;
    }
}
