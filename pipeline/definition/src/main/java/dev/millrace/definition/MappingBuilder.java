package dev.millrace.definition;

import dev.millrace.config.Place;
import dev.millrace.config.Problem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Gathers the entries of one mapping: a key given twice is a problem, a merged entry gives way to one that is written out. */
final class MappingBuilder {
    private final List<Problem> problems;
    private final Map<String, YamlNode.Entry> written = new LinkedHashMap<>();
    private final Map<String, YamlNode.Entry> merged = new LinkedHashMap<>();

    MappingBuilder(List<Problem> problems) {
        this.problems = problems;
    }

    void put(YamlNode.Entry entry) {
        YamlNode.Entry first = written.putIfAbsent(entry.key(), entry);
        if (first != null) {
            problems.add(new Problem(
                    entry.keyPlace(),
                    "'" + entry.key() + "' stands twice, first in line "
                            + first.keyPlace().line() + ".",
                    "Remove one of them."));
        }
    }

    /** Takes the entries of a mapping, or of each of a list of mappings, of which earlier ones win. */
    void merge(YamlNode value) {
        switch (value) {
            case YamlNode.Mapping mapping -> mapping.entries().forEach(entry -> merged.putIfAbsent(entry.key(), entry));
            case YamlNode.Sequence sequence -> sequence.items().forEach(this::mergeItem);
            case YamlNode.Scalar scalar -> refuse(scalar);
        }
    }

    private void mergeItem(YamlNode item) {
        if (item instanceof YamlNode.Mapping) {
            merge(item);
        } else {
            refuse(item);
        }
    }

    private void refuse(YamlNode value) {
        problems.add(new Problem(
                value.place(), "'<<' merges maps, and this is " + value.kind() + ".", "Write '<<: *name' of a map."));
    }

    YamlNode.Mapping build(Place place) {
        Map<String, YamlNode.Entry> all = new LinkedHashMap<>(written);
        merged.forEach(all::putIfAbsent);
        return new YamlNode.Mapping(place, new ArrayList<>(all.values()));
    }
}
