package dev.millrace.source.mysql.types;

import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The character sets of one server. Which number a collation has is the server's matter, and so are the characters of the
 * sets with a byte a character: both are asked of it once, so that the log is read as the server would print it.
 */
public final class TextForms {
    /** The collation of bytes that are no text. */
    public static final int BINARY = 63;

    private static final Map<String, String> JAVA_NAMES = Map.ofEntries(
            Map.entry("ucs2", "UTF-16BE"),
            Map.entry("utf16", "UTF-16BE"),
            Map.entry("utf16le", "UTF-16LE"),
            Map.entry("utf32", "UTF-32BE"),
            Map.entry("gbk", "GBK"),
            Map.entry("gb2312", "GB2312"),
            Map.entry("gb18030", "GB18030"),
            Map.entry("big5", "Big5"),
            Map.entry("sjis", "Shift_JIS"),
            Map.entry("cp932", "windows-31j"),
            Map.entry("ujis", "EUC-JP"),
            Map.entry("eucjpms", "EUC-JP"),
            Map.entry("euckr", "EUC-KR"));

    private final Map<Integer, String> setByCollation;
    private final Map<String, TextForm> forms;

    /**
     * @param setByCollation the name of each collation's character set, by the collation's number
     * @param singleByte     by name, the characters of the bytes 0 to 255 of each set with a byte a character; empty where a byte
     *     is no character
     */
    public TextForms(Map<Integer, String> setByCollation, Map<String, List<String>> singleByte) {
        this.setByCollation = Map.copyOf(setByCollation);
        this.forms = new HashMap<>();
        for (String name : List.of("utf8", "utf8mb3", "utf8mb4")) {
            forms.put(name, new TextForm.Utf8());
        }
        forms.put("ascii", TextForm.SingleByte.ascii());
        JAVA_NAMES.forEach((name, java) -> forms.put(name, new TextForm.Known(name, Charset.forName(java))));
        singleByte.forEach((name, characters) -> forms.putIfAbsent(name, TextForm.SingleByte.of(name, characters)));
    }

    /** Empty for a collation, or a character set, that is not known. */
    public Optional<TextForm> ofCollation(int collation) {
        return Optional.ofNullable(setByCollation.get(collation)).map(forms::get);
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
