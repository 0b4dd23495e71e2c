package dev.millrace.definition;

import java.util.regex.Pattern;

/** Tells by its key, or by its shape, that a value must not be printed. */
final class SecretKeys {
    private static final Pattern KEY = Pattern.compile(
            "password|passwd|passphrase|pwd|secret|token|credential|access[-._]?key|private[-._]?key|api[-._]?key|account[-._]?key",
            Pattern.CASE_INSENSITIVE);
    /** Credentials in a URL or a connection string. */
    private static final Pattern VALUE =
            Pattern.compile("://[^/@\\s]*:[^/@\\s]+@|[?&;](password|pwd|secret|token)=", Pattern.CASE_INSENSITIVE);

    private SecretKeys() {}

    static boolean isSecret(String key, String text) {
        return KEY.matcher(key).find() || VALUE.matcher(text).find();
    }
}
