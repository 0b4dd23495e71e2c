package dev.millrace.cli;

import dev.millrace.error.MillraceException;
import dev.millrace.quickstart.EmbeddedShop;
import dev.millrace.quickstart.Shop;
import dev.millrace.quickstart.ShopInvariant;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Compares what the shop holds with what arrived in the sink, and says where to look next. */
final class Arrival {
    private final Shell shell;
    private final Pipeline pipeline;
    private final EmbeddedShop shop;

    Arrival(Shell shell, Pipeline pipeline, EmbeddedShop shop) {
        this.shell = shell;
        this.pipeline = pipeline;
        this.shop = shop;
    }

    /** @throws MillraceException where both sides differ */
    ExitCode report(long transactions, Path file) {
        Console console = shell.console();
        try (SinkView view = SinkView.open(pipeline);
                Connection connection = shop.connect()) {
            Map<String, Long> counts = counts(connection);
            ShopCopy copy = ShopCopy.read(view.readable(), pipeline.definition().routes());
            int sourceViolations = ShopInvariant.violations(connection).size();
            int sinkViolations = ShopInvariant.violations(copy.rows()).size();
            print(counts, copy, sourceViolations, sinkViolations);
            List<String> different = Shop.TABLES.stream()
                    .filter(table -> !Long.valueOf(copy.count(table)).equals(counts.get(table)))
                    .toList();
            if (!different.isEmpty() || sourceViolations + sinkViolations > 0) {
                throw differs(different);
            }
            console.result(
                    "After " + Quantity.count(transactions)
                            + " transactions both sides hold the same rows, and every balance is the sum of its parts on both.");
            printNext(file);
            return ExitCode.OK;
        } catch (SQLException e) {
            throw new MillraceException(
                    CliError.QUICKSTART_DATABASE,
                    "The quickstart's PostgreSQL can't be read: " + e.getMessage(),
                    "Run it again; the pipeline goes on where it was.",
                    e);
        }
    }

    private void print(Map<String, Long> counts, ShopCopy copy, int sourceViolations, int sinkViolations) {
        TextTable table = new TextTable(
                List.of("rows of", "PostgreSQL", pipeline.definition().sink().type()));
        counts.forEach((name, count) -> table.add(name, Long.toString(count), Long.toString(copy.count(name))));
        table.add("broken sums", Integer.toString(sourceViolations), Integer.toString(sinkViolations));
        shell.console().result("");
        table.lines(Integer.MAX_VALUE).forEach(shell.console()::result);
        shell.console().result("");
    }

    private void printNext(Path file) {
        Console console = shell.console();
        String cdc = shell.environment().getOrDefault("CDC_COMMAND", "cdc");
        console.result("");
        console.result("Look at it     " + cdc + " show " + file + " orders");
        console.result("One state      " + cdc + " manifest " + file);
        console.result("Go on          " + cdc + " run " + file + "   (kill it whenever you like)");
        console.result(
                "Your database  copy " + file + ", remove 'quickstart:', fill in hostname, username and password");
    }

    private MillraceException differs(List<String> tables) {
        return new MillraceException(
                CliError.QUICKSTART_DIFFERS,
                tables.isEmpty()
                        ? "A rule of the shop is broken: see 'broken sums'."
                        : "The sink differs from the source in " + String.join(", ", tables) + ".",
                "This must not happen. Please report it, with the folder of the quickstart.");
    }

    private static Map<String, Long> counts(Connection connection) throws SQLException {
        Map<String, Long> counts = new LinkedHashMap<>();
        List<String> parts = new ArrayList<>();
        for (String table : Shop.TABLES) {
            parts.add("(select count(*) from public." + table + ")");
        }
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select " + String.join(", ", parts))) {
            row.next();
            for (int i = 0; i < Shop.TABLES.size(); i++) {
                counts.put(Shop.TABLES.get(i), row.getLong(i + 1));
            }
        }
        return counts;
    }
}
