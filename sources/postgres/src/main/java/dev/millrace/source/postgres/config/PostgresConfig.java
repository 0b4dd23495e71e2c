package dev.millrace.source.postgres.config;

import dev.millrace.source.postgres.connection.ServerAddress;
import java.time.Duration;

/**
 * What a pipeline wants of a PostgreSQL source.
 *
 * @param slot        the replication slot's name
 * @param publication the publication's name
 * @param heartbeat   how often an idle slot is moved on
 */
public record PostgresConfig(
        ServerAddress server,
        TablePatterns tables,
        String slot,
        String publication,
        StartupMode startup,
        Duration heartbeat) {}
