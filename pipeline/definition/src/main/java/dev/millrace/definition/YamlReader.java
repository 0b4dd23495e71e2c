package dev.millrace.definition;

import dev.millrace.config.Place;
import dev.millrace.config.Problem;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;

/**
 * Builds a tree from the parser's events. Only events: nothing of the file is ever made into an object of a class that the file
 * names, and a value keeps the text it was written with ({@code 0123} stays {@code 0123}). What is wrong but leaves the rest
 * readable becomes a problem and reading goes on; what does not ends it.
 */
final class YamlReader {
    static final int MAX_DEPTH = 32;
    static final int MAX_NODES = 20_000;
    private static final String MERGE = "<<";

    private final String file;
    private final List<Problem> problems;
    private final Map<Anchor, YamlNode> anchors = new HashMap<>();
    private final Set<Anchor> open = new HashSet<>();
    private Iterator<Event> events = List.<Event>of().iterator();
    private int nodes;

    YamlReader(String file, List<Problem> problems) {
        this.file = file;
        this.problems = problems;
    }

    /** The file's one document; empty where there is none, or none that can be read: then there is a problem. */
    Optional<YamlNode> read(String text) {
        LoadSettings settings = LoadSettings.builder()
                .setLabel(file)
                .setCodePointLimit(PipelineFile.MAX_BYTES)
                .build();
        events = new Parse(settings).parseString(text).iterator();
        try {
            return document();
        } catch (Unreadable unreadable) {
            problems.add(unreadable.problem);
            return Optional.empty();
        } catch (RuntimeException e) {
            problems.add(YamlSyntax.problem(file, text, e));
            return Optional.empty();
        }
    }

    private Optional<YamlNode> document() {
        Optional<YamlNode> root = Optional.empty();
        boolean documentSeen = false;
        while (events.hasNext()) {
            Event event = events.next();
            switch (event.getEventId()) {
                case DocumentStart -> {
                    if (documentSeen) {
                        throw new Unreadable(
                                place(event),
                                "A second document begins here.",
                                "A file holds one pipeline: put the other one into a file of its own.");
                    }
                    documentSeen = true;
                    root = Optional.of(node(events.next(), 0));
                }
                case StreamStart, DocumentEnd, StreamEnd, Comment -> {}
                case Alias, Scalar, SequenceStart, SequenceEnd, MappingStart, MappingEnd ->
                    throw new IllegalStateException("unexpected " + event);
            }
        }
        return root;
    }

    private YamlNode node(Event event, int depth) {
        if (++nodes > MAX_NODES) {
            throw new Unreadable(
                    place(event),
                    "The file has more than " + MAX_NODES + " values, those behind aliases counted.",
                    "Shorten it, or use fewer aliases.");
        }
        if (depth > MAX_DEPTH) {
            throw new Unreadable(
                    place(event), "Values are nested more than " + MAX_DEPTH + " deep here.", "Nest them less.");
        }
        return switch (event) {
            case AliasEvent alias -> aliased(alias);
            case ScalarEvent scalar -> {
                refuseTag(scalar.getTag(), scalar);
                yield anchored(scalar, new YamlNode.Scalar(place(scalar), scalar.getValue(), scalar.isPlain()));
            }
            case CollectionStartEvent collection -> {
                refuseTag(collection.getTag(), collection);
                collection.getAnchor().ifPresent(open::add);
                YamlNode node = collection instanceof MappingStartEvent
                        ? mapping(place(collection), depth)
                        : sequence(place(collection), depth);
                collection.getAnchor().ifPresent(open::remove);
                yield anchored(collection, node);
            }
            default -> throw new IllegalStateException("unexpected " + event);
        };
    }

    private YamlNode anchored(NodeEvent event, YamlNode node) {
        event.getAnchor().ifPresent(anchor -> anchors.put(anchor, node));
        return node;
    }

    private YamlNode aliased(AliasEvent event) {
        Anchor anchor = event.getAlias();
        if (open.contains(anchor)) {
            throw new Unreadable(place(event), "'*" + anchor + "' stands inside of what it names.", "Take it out.");
        }
        YamlNode target = anchors.get(anchor);
        if (target == null) {
            problems.add(new Problem(
                    place(event),
                    "'*" + anchor + "' names nothing.",
                    "Write '&" + anchor + "' before the value that it means, further up."));
            return new YamlNode.Scalar(place(event), "", false);
        }
        nodes += size(target);
        return target;
    }

    private static int size(YamlNode node) {
        return switch (node) {
            case YamlNode.Scalar scalar -> 1;
            case YamlNode.Sequence sequence ->
                1 + sequence.items().stream().mapToInt(YamlReader::size).sum();
            case YamlNode.Mapping mapping ->
                1
                        + mapping.entries().stream()
                                .mapToInt(entry -> size(entry.value()))
                                .sum();
        };
    }

    private YamlNode sequence(Place place, int depth) {
        List<YamlNode> items = new ArrayList<>();
        for (Event event = events.next(); event.getEventId() != Event.ID.SequenceEnd; event = events.next()) {
            items.add(node(event, depth + 1));
        }
        return new YamlNode.Sequence(place, items);
    }

    private YamlNode mapping(Place place, int depth) {
        MappingBuilder mapping = new MappingBuilder(problems);
        for (Event event = events.next(); event.getEventId() != Event.ID.MappingEnd; event = events.next()) {
            YamlNode key = node(event, depth + 1);
            YamlNode value = node(events.next(), depth + 1);
            if (!(key instanceof YamlNode.Scalar name)) {
                problems.add(new Problem(place(event), "A key is " + key.kind() + ".", "A key is a single word."));
            } else if (name.plain() && name.text().equals(MERGE)) {
                mapping.merge(value);
            } else {
                mapping.put(new YamlNode.Entry(place(event), name.text(), value));
            }
        }
        return mapping.build(place);
    }

    private void refuseTag(Optional<String> tag, Event event) {
        tag.ifPresent(name -> problems.add(new Problem(
                place(event),
                "The tag '" + name.replace("tag:yaml.org,2002:", "!!") + "' is not allowed.",
                "Remove it: values are read as they are written.")));
    }

    private Place place(Event event) {
        return event.getStartMark().map(mark -> place(file, mark)).orElse(new Place(file, 1, 1));
    }

    static Place place(String file, Mark mark) {
        return new Place(file, mark.getLine() + 1, mark.getColumn() + 1);
    }

    /** Ends the reading. */
    private static final class Unreadable extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final transient Problem problem;

        Unreadable(Place place, String message, String fix) {
            super(message, null, false, false);
            this.problem = new Problem(place, message, fix);
        }
    }
}
