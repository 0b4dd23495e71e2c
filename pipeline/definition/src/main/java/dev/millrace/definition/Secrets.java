package dev.millrace.definition;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** Texts that must not appear in anything printed. */
public final class Secrets {
    public static final Secrets NONE = new Secrets(List.of());
    private static final String STARS = "******";

    /** Longer ones first, so that one that contains another leaves nothing behind. */
    private final List<String> texts;

    Secrets(Collection<String> texts) {
        this.texts = texts.stream()
                .distinct()
                .sorted(Comparator.comparingInt(String::length).reversed())
                .toList();
    }

    /** The text with stars where a secret was. */
    public String hide(String text) {
        String hidden = text;
        for (String secret : texts) {
            hidden = hidden.replace(secret, STARS);
        }
        return hidden;
    }

    @Override
    public String toString() {
        return texts.size() + " secrets";
    }
}
