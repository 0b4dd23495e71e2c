package dev.millrace.bench.source;

/** The benchmark's row in MySQL and MariaDB: the same 16 columns as in PostgreSQL, by the types that come nearest. */
final class MySqlRow {
    static final String COLUMNS = """
            id bigint primary key,
            customer int not null,
            quantity int not null,
            status smallint not null,
            price decimal(14,4) not null,
            total decimal(18,4),
            name varchar(64) not null,
            address varchar(128) not null,
            note varchar(128),
            created datetime(6) not null,
            updated timestamp(6) not null default '2024-01-01 00:00:00',
            due date,
            paid boolean not null,
            attributes json,
            reference char(36) not null,
            weight double
            """;

    /** A select list over the key {@code i}. */
    static final String VALUES = """
            i,
            i * 7919 % 100000,
            i % 97,
            i % 5,
            (1 + i % 1000000) / 10000,
            i * 31 % 100000000 / 10000,
            concat('customer ', md5(i)),
            concat('street ', i % 5000, ', ', 10000 + i % 900, ' town ', i % 300),
            if(i % 10 > 0, concat('leave it with the neighbour at number ', i), null),
            timestampadd(microsecond, i * 1370000, '2024-01-01'),
            timestampadd(microsecond, i * 1410000, '2024-01-01'),
            date_add('2024-01-01', interval i % 700 day),
            i % 3 = 0,
            json_object('colour', elt(1 + i % 3, 'red', 'green', 'blue'), 'parcels', i % 12, 'gift', i % 2 = 0),
            insert(insert(insert(insert(md5(i * 17), 9, 0, '-'), 14, 0, '-'), 19, 0, '-'), 24, 0, '-'),
            i * 0.25
            """;

    private MySqlRow() {}
}
