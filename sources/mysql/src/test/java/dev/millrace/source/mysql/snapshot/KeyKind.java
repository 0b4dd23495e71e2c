package dev.millrace.source.mysql.snapshot;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A kind of key, made of the numbers from 0 on.
 *
 * @param columns   the columns that are not {@code n}, and the key
 * @param values    of these columns, as expressions over {@code n}, which goes up to 4999
 * @param leastCuts how many chunks there have to be at least, where 25 are wanted
 */
record KeyKind(String name, String columns, String values, int leastCuts) {
    @Override
    public String toString() {
        return name;
    }

    static Stream<KeyKind> all(boolean mariaDb) {
        List<KeyKind> all = new ArrayList<>(List.of(
                new KeyKind("dense int", "id int primary key", "n", 25),
                new KeyKind("negative bigint", "id bigint primary key", "n - 2500", 25),
                new KeyKind("bigint unsigned", "id bigint unsigned primary key", "18446744073709551615 - n", 25),
                new KeyKind("sparse int", "id bigint primary key", "n * n * n", 12),
                new KeyKind("clusters far apart", "id bigint primary key", "n + (n div 1000) * 1000000000000000", 12),
                new KeyKind(
                        "few low, many high", "id bigint primary key", "if(n < 10, n, 9000000000000000000 + n)", 12),
                new KeyKind("decimal", "id decimal(30,5) primary key", "n * 1.00001 - 100", 12),
                new KeyKind("date", "id date primary key", "date '1999-12-31' + interval n day", 12),
                new KeyKind(
                        "datetime",
                        "id datetime(6) primary key",
                        "timestamp '2024-01-01 00:00:00' + interval n * 1000001 microsecond",
                        12),
                new KeyKind(
                        "timestamp",
                        "id timestamp(3) primary key",
                        "timestamp '2024-03-30 12:00:00' + interval n minute",
                        12),
                new KeyKind("year and number", "y year, id int, primary key (y, id)", "2000 + n % 3, n", 6),
                new KeyKind("tenant and number", "t int, id bigint, primary key (t, id)", "n % 2, n", 12),
                new KeyKind("one tenant", "t int, id bigint, primary key (t, id)", "7, n * n", 12),
                new KeyKind(
                        "three columns",
                        "a int, b varchar(9), c int, primary key (a, b, c)",
                        "n % 2, concat('k', n % 3), n",
                        8),
                new KeyKind(
                        "hex text",
                        "id varchar(40) character set utf8mb4 collate utf8mb4_unicode_ci primary key",
                        "md5(n)",
                        12),
                new KeyKind(
                        "uuid text",
                        "id char(36) character set latin1 primary key",
                        "concat_ws('-', left(md5(n), 8), substr(md5(n), 9, 4), substr(md5(n), 13, 4), substr(md5(n), 17, 4), right(md5(n), 12))",
                        12),
                new KeyKind(
                        "text with a prefix",
                        "id varchar(40) character set utf8mb4 collate utf8mb4_general_ci primary key",
                        "concat('ORDER-', lpad(n, 8, '0'))",
                        12),
                new KeyKind(
                        "binary collation",
                        "id varchar(40) character set utf8mb4 collate utf8mb4_bin primary key",
                        "concat(char(48 + n % 70 using utf8mb4), md5(n))",
                        12),
                new KeyKind(
                        "text in any case, with quotes and umlauts",
                        "id varchar(40) character set utf8mb4 collate utf8mb4_general_ci primary key",
                        "concat(elt(1 + n % 7, 'Ä', 'b', 'C', '''', '\\\\', 'é', 'z'), n, elt(1 + n % 2, 'ß', '日本'))",
                        4),
                new KeyKind(
                        "latin1 text",
                        "id varchar(40) character set latin1 primary key",
                        "concat(elt(1 + n % 3, 'ä', 'o', 'Ü'), md5(n))",
                        4),
                new KeyKind("gbk text", "id varchar(40) character set gbk primary key", "concat('中', n)", 1),
                new KeyKind("utf16 text", "id varchar(40) character set utf16 primary key", "concat('中', n)", 1),
                new KeyKind("binary(16)", "id binary(16) primary key", "unhex(md5(n))", 12),
                new KeyKind("varbinary", "id varbinary(40) primary key", "concat(unhex(md5(n)), n)", 12),
                new KeyKind("enum and number", "e enum('x', 'y'), id int, primary key (e, id)", "1 + n % 2, n", 1),
                new KeyKind("unique index", "a int, id int not null, unique (id)", "null, n", 25),
                new KeyKind("prefix of a text", "id text not null, primary key (id(20))", "md5(n)", 1),
                new KeyKind("descending", "id int, primary key (id desc)", "n", 25),
                new KeyKind("partitioned", "id int primary key", "n", 25),
                new KeyKind("none", "id int", "n % 100", 1)));
        if (mariaDb) {
            all.add(new KeyKind(
                    "uuid",
                    "id uuid primary key",
                    "concat_ws('-', left(md5(n), 8), substr(md5(n), 9, 4), concat('4', substr(md5(n), 14, 3)), concat('a', substr(md5(n), 18, 3)), right(md5(n), 12))",
                    1));
        }
        return all.stream();
    }
}
