package dev.millrace.source.mysql.history;

import io.debezium.antlr.CaseChangingCharStream;
import io.debezium.ddl.parser.mariadb.generated.MariaDBLexer;
import io.debezium.ddl.parser.mariadb.generated.MariaDBParser;
import io.debezium.ddl.parser.mysql.generated.MySqlLexer;
import io.debezium.ddl.parser.mysql.generated.MySqlParser;
import java.util.List;
import org.antlr.v4.runtime.BaseErrorListener;
import org.antlr.v4.runtime.CharStreams;
import org.antlr.v4.runtime.CommonTokenStream;
import org.antlr.v4.runtime.Lexer;
import org.antlr.v4.runtime.Parser;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.RecognitionException;
import org.antlr.v4.runtime.Recognizer;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.misc.ParseCancellationException;
import org.jspecify.annotations.Nullable;

/** The two grammars. Their rules have names that are alike, so that one reader serves both. */
enum Grammar {
    MYSQL {
        @Override
        Parsed parse(String sql) {
            MySqlLexer lexer = new MySqlLexer(CharStreams.fromString(sql));
            lexer.serverVersion = NEWEST;
            MySqlParser parser = new MySqlParser(tokens(lexer));
            parser.serverVersion = NEWEST;
            return parsed(strict(parser), parser::query);
        }
    },
    MARIADB {
        @Override
        Parsed parse(String sql) {
            Lexer lexer = new MariaDBLexer(new CaseChangingCharStream(CharStreams.fromString(sql), true));
            MariaDBParser parser = new MariaDBParser(tokens(lexer));
            return parsed(strict(parser), parser::root);
        }
    };

    private static final int NEWEST = 90_000;

    /**
     * A statement's tree.
     *
     * @param rules names of the rules, by number
     */
    record Parsed(ParserRuleContext tree, List<String> rules, List<Token> tokens) {}

    private interface Rule {
        ParserRuleContext match();
    }

    /** @throws ParseCancellationException where it is no statement of the grammar */
    abstract Parsed parse(String sql);

    private static CommonTokenStream tokens(Lexer lexer) {
        lexer.removeErrorListeners();
        lexer.addErrorListener(new Refusing());
        return new CommonTokenStream(lexer);
    }

    private static <P extends Parser> P strict(P parser) {
        parser.removeErrorListeners();
        parser.addErrorListener(new Refusing());
        return parser;
    }

    /** A rule may end before the text does. */
    private static Parsed parsed(Parser parser, Rule rule) {
        ParserRuleContext tree = rule.match();
        CommonTokenStream tokens = (CommonTokenStream) parser.getTokenStream();
        if (tokens.LA(1) != Token.EOF && !";".equals(tokens.LT(1).getText())) {
            throw new ParseCancellationException("'" + tokens.LT(1).getText() + "' is not understood");
        }
        return new Parsed(tree, List.of(parser.getRuleNames()), tokens.getTokens());
    }

    private static final class Refusing extends BaseErrorListener {
        @Override
        public void syntaxError(
                Recognizer<?, ?> recognizer,
                @Nullable Object symbol,
                int line,
                int column,
                String message,
                @Nullable RecognitionException cause) {
            throw new ParseCancellationException("line " + line + ", column " + column + ": " + message);
        }
    }
}
