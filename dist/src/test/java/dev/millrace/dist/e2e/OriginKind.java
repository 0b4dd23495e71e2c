package dev.millrace.dist.e2e;

import dev.millrace.servers.MySqlRelease;

/** The servers on which whole pipelines are tested. */
enum OriginKind {
    POSTGRES_14,
    POSTGRES_18,
    MYSQL_8_0,
    MARIADB_11_4;

    Origin started() {
        return switch (this) {
            case POSTGRES_14 -> PostgresOrigin.started(14);
            case POSTGRES_18 -> PostgresOrigin.started(18);
            case MYSQL_8_0 -> MySqlOrigin.started(MySqlRelease.MYSQL_8_0);
            case MARIADB_11_4 -> MySqlOrigin.started(MySqlRelease.MARIADB_11_4);
        };
    }

    /** The shop's statements are PostgreSQL's; {@link RoughTrade} goes on everywhere. */
    boolean hasShop() {
        return this == POSTGRES_14 || this == POSTGRES_18;
    }
}
