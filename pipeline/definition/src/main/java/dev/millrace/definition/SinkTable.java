package dev.millrace.definition;

import dev.millrace.schema.TableId;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code sink-table:}. Its parts are taken apart before anything is put in, so that a dot in a source table's name stays in the
 * name. With one part only, database and schema stay the source's.
 */
record SinkTable(List<String> parts, Optional<String> replaceSymbol) {
    private static final Pattern GROUP = Pattern.compile("\\$(\\d+)");

    static SinkTable parse(String text, Optional<String> replaceSymbol) {
        return new SinkTable(List.of(text.split("\\.", -1)), replaceSymbol);
    }

    boolean isValid() {
        return parts.size() <= 3 && parts.stream().noneMatch(String::isBlank);
    }

    /** The highest {@code $n} in use. */
    int groups() {
        return replaceSymbol.isPresent()
                ? 0
                : parts.stream()
                        .flatMap(part -> GROUP.matcher(part).results())
                        .mapToInt(found -> Integer.parseInt(found.group(1)))
                        .max()
                        .orElse(0);
    }

    TableId of(TableId source, MatchResult match) {
        List<String> names =
                parts.stream().map(part -> expand(part, source, match)).toList();
        return switch (names.size()) {
            case 1 -> new TableId(source.database(), source.schema(), names.get(0));
            case 2 -> TableId.of(names.get(0), names.get(1));
            default -> new TableId(names.get(0), names.get(1), names.get(2));
        };
    }

    private String expand(String part, TableId source, MatchResult match) {
        if (replaceSymbol.isPresent()) {
            return part.replace(replaceSymbol.get(), source.name());
        }
        return GROUP.matcher(part).replaceAll(found -> {
            String group = match.group(Integer.parseInt(found.group(1)));
            return group == null ? "" : Matcher.quoteReplacement(group);
        });
    }
}
