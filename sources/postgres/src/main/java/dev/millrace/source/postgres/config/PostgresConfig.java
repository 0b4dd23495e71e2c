package dev.millrace.source.postgres.config;

import dev.millrace.source.postgres.connection.ServerAddress;
import java.time.Duration;
import java.util.OptionalInt;

/**
 * What a pipeline wants of a PostgreSQL source.
 *
 * @param slot        the replication slot's name
 * @param publication the publication's name
 * @param chunkRows   about how many rows of a large table are read at once; chosen by size where empty
 * @param heartbeat   how often an idle slot is moved on
 */
public record PostgresConfig(
        ServerAddress server,
        TablePatterns tables,
        String slot,
        String publication,
        StartupMode startup,
        OptionalInt chunkRows,
        Duration heartbeat) {}
