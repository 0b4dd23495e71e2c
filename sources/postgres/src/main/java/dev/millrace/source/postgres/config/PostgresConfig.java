package dev.millrace.source.postgres.config;

import dev.millrace.source.postgres.connection.ServerAddress;
import dev.millrace.source.relational.config.TablePatterns;
import java.util.OptionalInt;

/**
 * What a pipeline wants of a PostgreSQL source.
 *
 * @param slot        the replication slot's name
 * @param publication the publication's name
 * @param chunkRows   about how many rows of a large table are read at once; chosen by size where empty
 */
public record PostgresConfig(
        ServerAddress server,
        TablePatterns tables,
        String slot,
        String publication,
        StartupMode startup,
        OptionalInt chunkRows) {}
