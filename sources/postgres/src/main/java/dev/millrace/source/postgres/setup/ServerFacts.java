package dev.millrace.source.postgres.setup;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * What a server says of itself.
 *
 * @param version      as in {@code server_version_num}: 180006
 * @param slotsLeft    replication slots that can still be made
 * @param sendersLeft  replication sessions that can still be opened
 * @param keptLogBytes {@code max_slot_wal_keep_size}, −1 for no limit
 * @param mayReplicate the user has the attribute REPLICATION or is a superuser
 */
public record ServerFacts(
        int version,
        String versionText,
        String user,
        String walLevel,
        boolean recovering,
        String encoding,
        int slotsLeft,
        int sendersLeft,
        long keptLogBytes,
        boolean mayReplicate,
        boolean mayCreateInDatabase,
        boolean encrypted) {
    private static final int VERSION_UNIT = 10_000;

    private static final String QUERY = """
            select current_setting('server_version_num')::int, current_setting('server_version'), current_user,
                   current_setting('wal_level'), pg_is_in_recovery(), current_setting('server_encoding'),
                   current_setting('max_replication_slots')::int - (select count(*) from pg_replication_slots),
                   current_setting('max_wal_senders')::int
                       - (select count(*) from pg_stat_activity where backend_type = 'walsender'),
                   (select case when setting = '-1' then -1 else setting::int8 * 1048576 end
                    from pg_settings where name = 'max_slot_wal_keep_size'),
                   coalesce((select rolreplication or rolsuper from pg_roles where rolname = current_user), false)
                       or coalesce(pg_has_role(current_user, (select oid from pg_roles where rolname = 'rds_replication'), 'member'), false),
                   has_database_privilege(current_database(), 'create'),
                   coalesce((select ssl from pg_stat_ssl where pid = pg_backend_pid()), false)""";

    public static ServerFacts read(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(QUERY)) {
            row.next();
            return new ServerFacts(
                    row.getInt(1),
                    row.getString(2),
                    row.getString(3),
                    row.getString(4),
                    row.getBoolean(5),
                    row.getString(6),
                    row.getInt(7),
                    row.getInt(8),
                    row.getLong(9),
                    row.getBoolean(10),
                    row.getBoolean(11),
                    row.getBoolean(12));
        }
    }

    public int major() {
        return version / VERSION_UNIT;
    }
}
