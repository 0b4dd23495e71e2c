package dev.millrace.source.mysql.types;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * The character sets of one server. Which number a collation has is the server's matter, and so are the characters of the
 * sets that are no form of Unicode: both are asked of it, so that the log is read as the server would print it.
 */
public final class TextForms {
    /** The collation of bytes that are no text. */
    public static final int BINARY = 63;

    private static final Map<String, Charset> UNICODE = Map.of(
            "ucs2", StandardCharsets.UTF_16BE,
            "utf16", StandardCharsets.UTF_16BE,
            "utf16le", StandardCharsets.UTF_16LE,
            "utf32", Charset.forName("UTF-32BE"));

    private final Map<Integer, String> setByCollation;
    private final Function<String, Optional<TextForm>> others;
    private final Map<String, Optional<TextForm>> forms = new ConcurrentHashMap<>();

    /**
     * @param setByCollation the name of each collation's character set, by the collation's number
     * @param others asks for a set that is no form of Unicode, by name; asked once for each that is met
     */
    public TextForms(Map<Integer, String> setByCollation, Function<String, Optional<TextForm>> others) {
        this.setByCollation = Map.copyOf(setByCollation);
        this.others = others;
        for (String name : List.of("utf8", "utf8mb3", "utf8mb4")) {
            forms.put(name, Optional.of(new TextForm.Utf8()));
        }
        forms.put("ascii", Optional.of(TextForm.SingleByte.ascii()));
        UNICODE.forEach((name, charset) -> forms.put(name, Optional.of(new TextForm.Known(name, charset))));
    }

    /** Empty for a collation, or a character set, that is not known. */
    public Optional<TextForm> ofCollation(int collation) {
        String name = setByCollation.get(collation);
        return name == null ? Optional.empty() : forms.computeIfAbsent(name, others);
    }

    /** The number of one of a character set's collations; empty for a set that is not known. */
    public OptionalInt collationOf(String characterSet) {
        return setByCollation.entrySet().stream()
                .filter(entry -> entry.getValue().equals(characterSet))
                .mapToInt(Map.Entry::getKey)
                .min();
    }

    /** The labels in UTF-8. */
    Optional<List<byte[]>> labels(int collation, List<byte[]> labels) {
        return ofCollation(collation).map(form -> {
            List<byte[]> texts = new ArrayList<>();
            labels.forEach(label -> texts.add(form.toUtf8(label)));
            return texts;
        });
    }
}
