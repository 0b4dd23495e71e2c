package dev.millrace.servers;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How one family of servers is packed, how a data folder is made, and how the server is started. */
sealed interface MySqlDistribution permits OracleDistribution, MariaDbDistribution {
    /** Where an entry of the archive belongs, relative to the server's home; empty where it is not needed. */
    Optional<String> place(String entry);

    /** The server's program, relative to its home. */
    String server();

    /** The command that makes a data folder whose superuser is {@code root} without a password. */
    List<String> initialize(Path home, Path data);

    /** Settings of every server: a row-based log with global transaction ids and all metadata. */
    Map<String, String> parameters(Path home, Optional<TlsFiles> tls);
}
