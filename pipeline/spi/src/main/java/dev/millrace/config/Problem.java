package dev.millrace.config;

/**
 * Something wrong in the pipeline file.
 *
 * @param message what is wrong, naming the key
 * @param fix     what to write instead
 */
public record Problem(Place place, String message, String fix) {
    @Override
    public String toString() {
        return place + ": " + message + " " + fix;
    }
}
