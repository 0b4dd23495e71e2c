package dev.millrace.sink.paimon;

import static dev.millrace.sink.paimon.Tables.ORDERS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.error.MillraceException;
import dev.millrace.servers.PostgresServer;
import dev.millrace.servers.PostgresSettings;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JdbcCatalogTest {

    @TempDir
    Path folder;

    @Test
    void keepsItsTablesInACatalogInPostgreSql() throws Exception {
        try (PostgresServer server = PostgresServer.started(PostgresSettings.ofMajor(18))) {
            for (int run = 1; run <= 2; run++) {
                try (Lake lake = new Lake(folder)
                        .with("catalog.properties.metastore", "jdbc")
                        .with("catalog.properties.uri", server.jdbcUrl("postgres"))
                        .with("catalog.properties.jdbc.user", server.user())
                        .with("catalog.properties.jdbc.password", server.password())) {
                    lake.create(ORDERS);
                    lake.committer().discardStaged(run - 1);
                    lake.write(Rows.of(ORDERS).insert(run, "new"));
                    lake.checkpoint(run);
                    lake.doMaintenance();
                    assertThat(lake.rows(ORDERS)).hasSize(run);
                    assertThat(lake.committer().newestCommitted()).hasValue(run);
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"hive", "no-such"})
    void namesAMetastoreThatIsNotThere(String metastore) {
        try (Lake lake = new Lake(folder).with("catalog.properties.metastore", metastore)) {
            assertThatThrownBy(() -> lake.create(ORDERS))
                    .isInstanceOfSatisfying(
                            MillraceException.class,
                            failure -> assertThat(failure.code()).isEqualTo(PaimonError.CATALOG))
                    .hasMessageContaining("metastore '" + metastore + "'");
        }
    }
}
