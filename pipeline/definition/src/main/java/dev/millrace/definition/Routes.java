package dev.millrace.definition;

import dev.millrace.config.Place;
import dev.millrace.error.MillraceException;
import dev.millrace.schema.Schema;
import dev.millrace.schema.TableId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** Where the rows of a source's table go: a pure function of its name. A table that no route matches keeps its name. */
public final class Routes implements UnaryOperator<TableId> {
    private final List<Route> routes;
    private final RouteMode mode;

    Routes(List<Route> routes, RouteMode mode) {
        this.routes = List.copyOf(routes);
        this.mode = mode;
    }

    /**
     * The table of the sink.
     *
     * @throws MillraceException where two routes hold for the table and disagree
     */
    @Override
    public TableId apply(TableId source) {
        Map<TableId, Place> targets = new LinkedHashMap<>();
        for (Route route : routes) {
            Optional<TableId> target = route.of(source);
            if (target.isPresent()) {
                targets.putIfAbsent(target.get(), route.place());
                if (mode == RouteMode.FIRST_MATCH) {
                    break;
                }
            }
        }
        if (targets.size() > 1) {
            throw new MillraceException(
                    DefinitionError.ROUTE_AMBIGUOUS,
                    "The table " + source + " has more than one route: "
                            + targets.entrySet().stream()
                                    .map(each -> "to " + each.getKey() + " at " + each.getValue())
                                    .collect(Collectors.joining(", "))
                            + ".",
                    "A table goes to one table here: narrow a pattern, or set 'pipeline.route-mode: FIRST_MATCH'.");
        }
        return targets.isEmpty() ? source : targets.keySet().iterator().next();
    }

    /**
     * Looks whether tables that go into one are of one shape: same column names, types and key. Nullability may differ.
     *
     * @throws MillraceException where they are not, naming both
     */
    public void refuseMixedShapes(Iterable<Schema> sources) {
        Map<TableId, Schema> first = new LinkedHashMap<>();
        for (Schema schema : sources) {
            TableId target = apply(schema.table());
            Schema other = first.putIfAbsent(target, schema);
            if (other != null && !shape(other).equals(shape(schema))) {
                throw new MillraceException(
                        DefinitionError.ROUTE_MIXES_SHAPES,
                        "The tables " + other.table() + " and " + schema.table() + " both go into " + target
                                + " and differ in their columns or their key: " + difference(other, schema) + ".",
                        "Send them to different tables, or give them the same columns.");
            }
        }
    }

    private static List<Object> shape(Schema schema) {
        return List.of(
                schema.columns().stream()
                        .map(column -> Map.entry(column.name(), column.type()))
                        .toList(),
                schema.key());
    }

    private static String difference(Schema one, Schema two) {
        Set<String> left = columns(one);
        Set<String> right = columns(two);
        for (String column : left) {
            if (!right.contains(column)) {
                return "column " + column;
            }
        }
        return right.stream()
                .filter(column -> !left.contains(column))
                .findFirst()
                .map(column -> "column " + column)
                .orElse("their order or the key");
    }

    private static Set<String> columns(Schema schema) {
        return schema.columns().stream()
                .map(column -> "'" + column.name() + "' as " + column.type())
                .collect(Collectors.toCollection(java.util.LinkedHashSet::new));
    }
}
