package dev.millrace.source.postgres.catalog;

import java.util.List;
import java.util.Optional;

/**
 * A type with all that is needed to read its values.
 *
 * @param oid        as messages of the log name it
 * @param schema     the schema that holds the type
 * @param extension  the extension that brought the type; empty for the server's own and the user's
 * @param of         an array's element, a domain's base, a multirange's range, a range's subtype
 * @param modifier   what a domain says about its base type (−1 for nothing); for {@code money} the digits of fraction by the
 *                   server's {@code lc_monetary}, which its binary format leaves out
 * @param dimensions how many a domain over an array declares
 * @param fields     of a composite type, in order
 */
public record PgType(
        int oid,
        String schema,
        String name,
        Kind kind,
        String extension,
        Optional<PgType> of,
        int modifier,
        int dimensions,
        List<Field> fields) {
    public static final String OWN_SCHEMA = "pg_catalog";

    public PgType {
        fields = List.copyOf(fields);
    }

    public enum Kind {
        BASE,
        ARRAY,
        DOMAIN,
        ENUM,
        RANGE,
        MULTIRANGE,
        COMPOSITE
    }

    /** An attribute of a composite type. */
    public record Field(String name, PgType type, int modifier, int dimensions) {}

    /** One of the server's own types without parts. */
    public static PgType builtIn(int oid, String name) {
        return new PgType(oid, OWN_SCHEMA, name, Kind.BASE, "", Optional.empty(), -1, 0, List.of());
    }

    public boolean isBuiltIn() {
        return schema.equals(OWN_SCHEMA);
    }

    /** What the type holds in the end, behind any domains. */
    public PgType base() {
        PgType type = this;
        while (type.kind == Kind.DOMAIN) {
            type = type.of.orElseThrow();
        }
        return type;
    }

    @Override
    public String toString() {
        return isBuiltIn() ? name : schema + "." + name;
    }
}
