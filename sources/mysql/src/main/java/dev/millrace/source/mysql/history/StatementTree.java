package dev.millrace.source.mysql.history;

import dev.millrace.schema.TableId;
import dev.millrace.source.mysql.history.TableEffect.Altered;
import dev.millrace.source.mysql.history.TableEffect.Replaced;
import dev.millrace.source.mysql.history.TableEffect.RowsChanged;
import dev.millrace.source.mysql.history.TableEffect.Truncated;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.tree.ParseTree;
import org.jspecify.annotations.Nullable;

/** One statement that was parsed. */
final class StatementTree {
    private static final Set<String> CONCERN_TABLES = Set.of(
            "truncateTable",
            "truncateTableStatement",
            "dropTable",
            "dropDatabase",
            "renameTable",
            "renameTableStatement",
            "alterTable",
            "createTable",
            "dropIndex",
            "insertStatement",
            "replaceStatement",
            "updateStatement",
            "deleteStatement",
            "loadStatement",
            "loadDataStatement",
            "loadXmlStatement");
    /** What is in them happens when they are used. */
    private static final Set<String> DEFINITIONS =
            Set.of("createTrigger", "createProcedure", "createFunction", "createEvent", "createView", "alterEvent");

    private static final Set<String> TABLE_NAMES = Set.of("tableRef", "tableName", "tableRefWithWildcard");
    private static final Set<String> WHERE_SOURCES_BEGIN = Set.of("SET", "WHERE", "SELECT");
    private static final Set<String> OF_PARTITIONS =
            Set.of("DROP", "TRUNCATE", "EXCHANGE", "CONVERT", "IMPORT", "DISCARD");
    private static final Set<String> TO = Set.of("TO", "AS", "=");
    private static final Set<String> NOT_THE_TABLE = Set.of("COLUMN", "INDEX", "KEY");

    private static final Pattern NO_ROWS = Pattern.compile("[`'\"]?blackhole[`'\"]?", Pattern.CASE_INSENSITIVE);

    private final Grammar.Parsed parsed;
    private final Names names;
    private final String database;

    StatementTree(Grammar.Parsed parsed, Names names, String database) {
        this.parsed = parsed;
        this.names = names;
        this.database = database;
    }

    List<TableEffect> effects() {
        ParserRuleContext statement = statement(parsed.tree());
        if (statement == null || words(parsed.tree()).stream().limit(2).anyMatch("TEMPORARY"::equals)) {
            return List.of();
        }
        List<ParserRuleContext> tables = new ArrayList<>();
        collectTables(statement, tables);
        return switch (rule(statement)) {
            case "truncateTable", "truncateTableStatement" -> first(tables, Truncated::new);
            case "dropTable" -> all(tables, table -> new Replaced(table, "was dropped"));
            case "dropDatabase" -> dropped(statement);
            case "renameTable", "renameTableStatement" -> renamed(tables);
            case "alterTable" -> altered(tokens(statement), tables);
            case "createTable" -> created(words(parsed.tree()), tables);
            case "dropIndex" -> first(tables, Altered::new);
            default -> written(tables);
        };
    }

    /** The node that says what kind of statement it is; null for one that can't concern a table. */
    private @Nullable ParserRuleContext statement(ParserRuleContext node) {
        String rule = rule(node);
        if (CONCERN_TABLES.contains(rule)) {
            return node;
        }
        if (DEFINITIONS.contains(rule)) {
            return null;
        }
        for (int i = 0; i < node.getChildCount(); i++) {
            ParserRuleContext found = node.getChild(i) instanceof ParserRuleContext child ? statement(child) : null;
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    private List<TableEffect> dropped(ParserRuleContext statement) {
        String name = statement.getChild(statement.getChildCount() - 1).getText();
        return names.ofDatabase(name).stream()
                .map(table -> (TableEffect) new Replaced(table, "was dropped with its database"))
                .toList();
    }

    /** Pairs of a former and a new name. */
    private List<TableEffect> renamed(List<ParserRuleContext> tables) {
        List<TableEffect> effects = new ArrayList<>();
        for (int i = 0; i + 1 < tables.size(); i += 2) {
            String from = tables.get(i).getText();
            String to = tables.get(i + 1).getText();
            table(tables.get(i)).ifPresent(table -> effects.add(new Replaced(table, "was renamed to " + to)));
            table(tables.get(i + 1)).ifPresent(table -> effects.add(new Replaced(table, "is what was " + from)));
        }
        return effects;
    }

    private List<TableEffect> altered(List<Token> tokens, List<ParserRuleContext> tables) {
        List<String> words = tokens.stream().map(StatementTree::word).toList();
        for (int i = 0; i + 1 < words.size(); i++) {
            String next = words.get(i + 1);
            if (words.get(i).equals("RENAME") && !NOT_THE_TABLE.contains(next)) {
                return renamed(tokens.subList(i + 1, tokens.size()), tables);
            }
            if (OF_PARTITIONS.contains(words.get(i)) && (next.equals("PARTITION") || next.equals("TABLESPACE"))) {
                String how = words.get(i).toLowerCase(Locale.ROOT) + " " + next.toLowerCase(Locale.ROOT);
                return all(tables, table -> new RowsChanged(table, "by ALTER TABLE … " + how));
            }
        }
        return rewritten(words)
                .map(how -> first(tables, table -> new RowsChanged(table, how)))
                .orElseGet(() -> first(tables, table -> new Altered(table, columns(tokens, tables.getFirst()))));
    }

    /** Whether rows may be gone, or others, though the table looks as before; how. */
    private static Optional<String> rewritten(List<String> words) {
        if (words.indexOf("IGNORE") >= 0 && words.indexOf("IGNORE") < words.indexOf("TABLE")) {
            return Optional.of("by ALTER IGNORE TABLE");
        }
        int engine = words.indexOf("ENGINE");
        boolean keepsNone = engine >= 0
                && words.subList(engine, Math.min(engine + 3, words.size())).stream()
                        .anyMatch(word -> NO_ROWS.matcher(word).matches());
        return keepsNone ? Optional.of("by ALTER TABLE … ENGINE = BLACKHOLE, which keeps none") : Optional.empty();
    }

    private static List<ColumnChange> columns(List<Token> tokens, ParserRuleContext table) {
        return ColumnClauses.of(tokens.stream()
                .filter(token -> token.getTokenIndex() > table.getStop().getTokenIndex())
                .map(Token::getText)
                .toList());
    }

    /** @param tokens from behind the word RENAME on */
    private List<TableEffect> renamed(List<Token> tokens, List<ParserRuleContext> tables) {
        StringBuilder name = new StringBuilder();
        for (Token token : tokens) {
            if (token.getText().equals(",")) {
                break;
            }
            name.append(TO.contains(word(token)) ? "" : token.getText());
        }
        List<TableEffect> effects =
                new ArrayList<>(first(tables, table -> new Replaced(table, "was renamed to " + name)));
        names.of(name.toString(), database)
                .ifPresent(table -> effects.add(new Replaced(table, "is another table now")));
        return effects;
    }

    private List<TableEffect> created(List<String> words, List<ParserRuleContext> tables) {
        if (words.contains("REPLACE") && words.indexOf("REPLACE") < words.indexOf("TABLE")) {
            return first(tables, table -> new Replaced(table, "was dropped and created anew"));
        }
        return first(tables, Altered::new);
    }

    /** A statement in place of rows: what it changes stands before what it reads. */
    private List<TableEffect> written(List<ParserRuleContext> tables) {
        int sources = parsed.tokens().size();
        boolean hasPreamble = "WITH".equals(word(parsed.tokens().getFirst()));
        for (int i = 0; i < parsed.tokens().size() && !hasPreamble; i++) {
            if (WHERE_SOURCES_BEGIN.contains(word(parsed.tokens().get(i)))) {
                sources = i;
                break;
            }
        }
        int before = sources;
        return all(
                tables.stream()
                        .filter(table -> table.getStart().getTokenIndex() < before)
                        .toList(),
                table -> new RowsChanged(table, "by a statement that stands in the log instead of rows"));
    }

    private List<TableEffect> first(List<ParserRuleContext> tables, Function<TableId, TableEffect> effect) {
        return all(tables.subList(0, Math.min(1, tables.size())), effect);
    }

    private List<TableEffect> all(List<ParserRuleContext> tables, Function<TableId, TableEffect> effect) {
        return tables.stream()
                .flatMap(table -> table(table).stream())
                .map(effect)
                .toList();
    }

    private Optional<TableId> table(ParserRuleContext name) {
        return names.of(name.getText(), database);
    }

    private void collectTables(ParseTree node, List<ParserRuleContext> into) {
        if (node instanceof ParserRuleContext rule && TABLE_NAMES.contains(rule(rule))) {
            into.add(rule);
            return;
        }
        for (int i = 0; i < node.getChildCount(); i++) {
            collectTables(node.getChild(i), into);
        }
    }

    private String rule(ParserRuleContext node) {
        return parsed.rules().get(node.getRuleIndex());
    }

    private List<String> words(ParserRuleContext node) {
        return tokens(node).stream().map(StatementTree::word).toList();
    }

    private List<Token> tokens(ParserRuleContext node) {
        int from = node.getStart().getTokenIndex();
        int to = node.getStop() == null ? from : node.getStop().getTokenIndex();
        return parsed.tokens().subList(from, to + 1).stream()
                .filter(token -> token.getChannel() == Token.DEFAULT_CHANNEL)
                .toList();
    }

    /** Upper case where it is not quoted. */
    private static String word(Token token) {
        String text = token.getText();
        return text.startsWith("`") ? text : text.toUpperCase(Locale.ROOT);
    }
}
