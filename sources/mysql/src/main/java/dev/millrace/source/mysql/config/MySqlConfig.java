package dev.millrace.source.mysql.config;

import dev.millrace.source.mysql.snapshot.Locking;
import dev.millrace.source.mysql.types.TypePolicy;
import dev.millrace.source.mysql.wire.ServerAddress;
import dev.millrace.source.relational.config.TablePatterns;
import java.time.Duration;
import java.util.OptionalInt;

/**
 * What a pipeline wants of a MySQL or MariaDB source.
 *
 * @param replica   the number under which the log is read; no server and no other reader may have it
 * @param chunkRows about how many rows of a large table are read at once; chosen by size where empty
 * @param heartbeat how often the server says that it is there while nothing happens
 */
public record MySqlConfig(
        ServerAddress server,
        TablePatterns tables,
        long replica,
        Startup startup,
        Locking locking,
        OptionalInt chunkRows,
        Duration heartbeat,
        TypePolicy types) {}
