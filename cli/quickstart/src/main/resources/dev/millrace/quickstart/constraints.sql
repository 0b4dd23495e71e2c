-- Keys, foreign keys and indexes, and the next number of each key.

alter table customers add primary key (id);
alter table products add primary key (id), add unique (sku);
alter table orders add primary key (id), add foreign key (customer_id) references customers (id) on update cascade;
alter table order_lines add primary key (order_id, line_no),
    add foreign key (order_id) references orders (id), add foreign key (product_id) references products (id);
alter table payments add primary key (id), add foreign key (order_id) references orders (id);

create index on orders (customer_id);
create index on order_lines (product_id);
create index on payments (order_id);

select setval(pg_get_serial_sequence('customers', 'id'), (select max(id) from customers)),
       setval(pg_get_serial_sequence('products', 'id'), (select max(id) from products)),
       setval(pg_get_serial_sequence('orders', 'id'), (select max(id) from orders)),
       setval(pg_get_serial_sequence('payments', 'id'), (select coalesce(max(id), 1) from payments));
