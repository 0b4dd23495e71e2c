package dev.millrace.servers;

import java.util.Optional;

/**
 * Who may connect, and how. Without a password everybody on this machine may, as any user; with one, SCRAM asks for it;
 * with TLS files, connections by TCP must be encrypted.
 *
 * @param user the server's superuser
 */
public record PostgresAccess(String user, Optional<String> password, Optional<TlsFiles> tls) {

    public static PostgresAccess trust() {
        return new PostgresAccess("postgres", Optional.empty(), Optional.empty());
    }

    public static PostgresAccess password(String user, String password) {
        return new PostgresAccess(user, Optional.of(password), Optional.empty());
    }

    public PostgresAccess withTls(TlsFiles files) {
        return new PostgresAccess(user, password, Optional.of(files));
    }

    String method() {
        return password.isPresent() ? "scram-sha-256" : "trust";
    }

    /** The server's {@code pg_hba.conf}. */
    String rules() {
        String method = method();
        String host = tls.isPresent() ? "hostssl" : "host";
        return """
                local all         all %1$s
                local replication all %1$s
                %2$s  all         all samehost %1$s
                %2$s  replication all samehost %1$s
                """.formatted(method, host);
    }

    @Override
    public String toString() {
        return "PostgresAccess[user=" + user + ", method=" + method() + ", tls=" + tls.isPresent() + "]";
    }
}
