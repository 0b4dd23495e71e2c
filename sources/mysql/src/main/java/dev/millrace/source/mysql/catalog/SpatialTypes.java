package dev.millrace.source.mysql.catalog;

import java.util.Set;

/** What both servers call their geometries. */
final class SpatialTypes {
    private static final Set<String> NAMES = Set.of(
            "geometry",
            "point",
            "linestring",
            "polygon",
            "multipoint",
            "multilinestring",
            "multipolygon",
            "geomcollection",
            "geometrycollection");

    private SpatialTypes() {}

    static boolean contain(String name) {
        return NAMES.contains(name);
    }
}
