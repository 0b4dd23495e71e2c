package dev.millrace.source.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PublicationTest {
    /** Without its mark it would look like somebody else's for ever: never extended, never dropped. */
    @ParameterizedTest
    @ValueSource(ints = {14, 18})
    void leavesNoPublicationThatDoesNotBearOurMark(int major) throws Exception {
        try (TestDatabase database = TestDatabase.on(major)) {
            database.execute(
                    "create table t (a int primary key)",
                    "create function no_comments() returns event_trigger language plpgsql as"
                            + " 'begin raise exception ''no comments''; end'",
                    "create event trigger no_comments on ddl_command_start when tag in ('COMMENT')"
                            + " execute function no_comments()");
            assertThatThrownBy(() -> new SnapshotHarness(database.section("t"), 1, Optional.empty()).close())
                    .hasMessageContaining("no comments");
            assertThat(database.query("select 1 from pg_publication")).isEmpty();

            database.execute("drop event trigger no_comments");
            try (SnapshotHarness harness = new SnapshotHarness(database.section("t"), 1, Optional.empty())) {
                harness.checkpoint();
            }
            assertThat(database.query("select obj_description(oid, 'pg_publication') from pg_publication"))
                    .containsExactly("Made by millrace for pipeline test pipeline");
        }
    }
}
