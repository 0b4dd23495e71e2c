package dev.millrace.bench.source;

/**
 * The benchmark's row in PostgreSQL: 16 columns of the types that business tables are made of, about 330 bytes in {@code COPY}'s binary
 * format. Everything follows from the key, so that runs on different machines read the same rows.
 */
final class PostgresRow {
    static final String COLUMNS = """
            id bigint primary key,
            customer integer not null,
            quantity integer not null,
            status smallint not null,
            price numeric(14,4) not null,
            total numeric(18,4),
            name text not null,
            address text not null,
            note text,
            created timestamp not null,
            updated timestamptz not null,
            due date,
            paid boolean not null,
            attributes jsonb,
            reference uuid not null,
            weight double precision
            """;

    /** A select list over the key {@code i}. */
    static final String VALUES = """
            i,
            (i * 7919 % 100000)::integer,
            (i % 97)::integer,
            (i % 5)::smallint,
            (1 + i % 1000000)::numeric / 10000,
            (i * 31 % 100000000)::numeric / 10000,
            'customer ' || md5(i::text),
            'street ' || i % 5000 || ', ' || 10000 + i % 900 || ' town ' || i % 300,
            case when i % 10 > 0 then 'leave it with the neighbour at number ' || i end,
            timestamp '2024-01-01' + i * interval '1.37 seconds',
            timestamptz '2024-01-01 00:00+00' + i * interval '1.41 seconds',
            date '2024-01-01' + (i % 700)::integer,
            i % 3 = 0,
            jsonb_build_object('colour', (array['red', 'green', 'blue'])[1 + i % 3], 'parcels', i % 12, 'gift', i % 2 = 0),
            md5((i * 17)::text)::uuid,
            i * 0.25::double precision
            """;

    private PostgresRow() {}
}
