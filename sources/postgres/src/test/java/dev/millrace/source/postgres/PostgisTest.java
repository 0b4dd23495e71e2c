package dev.millrace.source.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.error.MillraceException;
import dev.millrace.source.postgres.failure.PostgresError;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class PostgisTest {
    private static final String INSERT =
            "insert into places values (%d, 'SRID=4326;POINT(1 2)', 'SRID=4326;POINT(1 2)'),"
                    + " (%d + 1, 'POLYGON Z ((0 0 1, 1 0 1, 1 1 1, 0 0 1))', 'LINESTRING(0 0, 179 -89.5)'),"
                    + " (%d + 2, 'GEOMETRYCOLLECTION(POINT EMPTY, MULTIPOINT(1 1, 2 2))', null)";

    /**
     * Needs a PostgreSQL 15 with PostGIS. The servers that tests bring have none: unpack Debian's into a copy of theirs and name the
     * folder that holds it by {@code -Dmillrace.cache}, then ask for the test by {@code -Dmillrace.postgis=true}.
     */
    @Test
    @EnabledIfSystemProperty(named = "millrace.postgis", matches = "true")
    void carriesPlacesAsExtendedWellKnownBinary() throws Exception {
        try (TestDatabase database = TestDatabase.on(15)) {
            database.execute(
                    "create extension postgis",
                    "create table places (id int primary key, shape geometry, place geography)",
                    "alter table places replica identity full",
                    INSERT.replace("%d", "0"));
            try (SnapshotHarness harness = new SnapshotHarness(database.section("places"), 1, Optional.empty());
                    StreamedChanges log = StreamedChanges.after(harness)) {
                database.execute(INSERT.replace("%d", "1000"));
                List<String> expected = database.query(
                        "select '\\x' || encode(ST_AsEWKB(shape), 'hex') || '|' || coalesce('\\x' ||"
                                + " encode(ST_AsEWKB(place::geometry), 'hex'), 'null') from places where id >= 1000 order by id");
                database.execute("delete from places where id >= 1000");
                log.readAll(database);
                assertThat(expected).hasSize(3);
                assertThat(TypesTest.values(harness.sorted(database.name(), "places")))
                        .isEqualTo(expected);
                assertThat(log.values("places", "INSERT")).isEqualTo(expected);
                assertThat(log.values("places", "DELETE")).isEqualTo(expected);
            }
            database.execute("create table boxes (id int primary key, v box2d)");
            assertThatThrownBy(() -> new SnapshotHarness(database.section("boxes"), 1, Optional.empty()))
                    .isInstanceOfSatisfying(
                            MillraceException.class, e -> assertThat(e.code()).isEqualTo(PostgresError.TYPE))
                    .hasMessageContaining("box2d");
        }
    }

    /** An extension of that name whose type sends its bytes as they are. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void carriesTheBytesThatAGeometrySends(@TempDir Path folder) throws Exception {
        Path extensions = Files.createDirectory(folder.resolve("extension"));
        Files.writeString(extensions.resolve("postgis.control"), "default_version = '1'\nrelocatable = true\n");
        Files.writeString(extensions.resolve("postgis--1.sql"), """
                create type geometry;
                create function geometry_in(cstring) returns geometry language internal immutable strict as 'byteain';
                create function geometry_out(geometry) returns cstring language internal immutable strict as 'byteaout';
                create function geometry_recv(internal) returns geometry language internal immutable strict as 'bytearecv';
                create function geometry_send(geometry) returns bytea language internal immutable strict as 'byteasend';
                create type geometry (input = geometry_in, output = geometry_out, receive = geometry_recv, send = geometry_send);
                """);
        for (Path path : List.of(folder, extensions)) {
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
        try (TestDatabase database = TestDatabase.on(18)) {
            install(database, folder);
            database.execute(
                    "create table places (id int primary key, shape geometry)",
                    "insert into places values (1, '\\x0101000020e6100000')");
            try (SnapshotHarness harness = new SnapshotHarness(database.section("places"), 1, Optional.empty());
                    StreamedChanges log = StreamedChanges.after(harness)) {
                database.execute("insert into places values (1000, '\\x0101000020e6100000')");
                log.readAll(database);
                assertThat(harness.sorted(database.name(), "places")).containsExactly("1|\\x0101000020e6100000");
                assertThat(log.values("places", "INSERT")).containsExactly("\\x0101000020e6100000");
            }
        }
    }

    private static void install(TestDatabase database, Path folder) throws SQLException {
        database.execute("set extension_control_path = '" + folder + ":$system'", "create extension postgis");
    }
}
