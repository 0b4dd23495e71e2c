package dev.millrace.bench;

import dev.millrace.bench.source.BenchDatabase;
import dev.millrace.bench.source.MySqlDatabase;
import dev.millrace.bench.source.PostgresDatabase;
import dev.millrace.servers.MySqlRelease;
import java.sql.SQLException;

/** Which server is read from. */
enum BenchSource {
    POSTGRES,
    MYSQL,
    MARIADB;

    /** @param postgres PostgreSQL's major version, where it is that */
    String title(int postgres) {
        return switch (this) {
            case POSTGRES -> "PostgreSQL " + postgres;
            case MYSQL -> "MySQL 8.0";
            case MARIADB -> "MariaDB 11.4";
        };
    }

    /** Starts a temporary one. */
    BenchDatabase start(int postgres) throws SQLException {
        return switch (this) {
            case POSTGRES -> PostgresDatabase.start(postgres);
            case MYSQL -> MySqlDatabase.start(MySqlRelease.MYSQL_8_0);
            case MARIADB -> MySqlDatabase.start(MySqlRelease.MARIADB_11_4);
        };
    }
}
