package dev.millrace.config;

/**
 * A scalar of the pipeline file.
 *
 * @param text   with {@code ${env:…}} and {@code ${file:…}} replaced
 * @param secret whether any of it came from such a replacement, or its key names a secret: never printed
 */
public record ConfigValue(String text, Place place, boolean secret) {
    @Override
    public String toString() {
        return secret ? "******" : text;
    }
}
