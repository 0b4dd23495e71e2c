package dev.millrace.config;

/** A value that must not be seen: only {@link #reveal} gives it, everything else prints stars. */
public final class Secret {
    private final String value;

    public Secret(String value) {
        this.value = value;
    }

    /** For handing to a client library, and for nothing else. */
    public String reveal() {
        return value;
    }

    @Override
    public String toString() {
        return "******";
    }
}
