-- The shop's first rows, out of nothing but the settings shop.seed, shop.customers, shop.products and shop.orders.

-- A number from 0 below "choices", always the same for a row, a question asked about it, and the seed.
create function pg_temp.pick(row_no bigint, question int, choices bigint) returns bigint language sql stable as $$
    select (hashint8extended(row_no, current_setting('shop.seed')::bigint * 1000 + question) & 9223372036854775807) % choices
$$;

create function pg_temp.id(kind text, row_no bigint) returns uuid language sql stable as $$
    select md5(kind || current_setting('shop.seed') || '/' || row_no)::uuid
$$;

create function pg_temp.price(product_id bigint) returns numeric language sql stable as $$
    select (199 + pg_temp.pick(product_id, 1, 49800)) / 100.00
$$;

create function pg_temp.is_cancelled(order_id bigint) returns boolean language sql stable as $$
    select pg_temp.pick(order_id, 2, 25) = 0
$$;

-- A moment of the year 2025: the more rows of a kind, the denser.
create function pg_temp.moment(row_no bigint, rows bigint) returns timestamptz language sql stable as $$
    select timestamptz '2025-01-01 00:00:00+00' + (row_no * (31536000000000 / rows)) * interval '1 microsecond'
$$;

insert into order_lines (order_id, line_no, product_id, quantity, unit_price, gift)
select o, l, product_id, 1 + pg_temp.pick(o * 8 + l, 10, 4), pg_temp.price(product_id), pg_temp.pick(o * 8 + l, 11, 20) = 0
from generate_series(1, current_setting('shop.orders')::bigint) o,
     lateral generate_series(1, 1 + pg_temp.pick(o, 12, 4)) l,
     lateral (select 1 + pg_temp.pick(o * 8 + l, 13, current_setting('shop.products')::bigint) as product_id) p
where not pg_temp.is_cancelled(o);

insert into orders (id, public_id, customer_id, status, total, paid, note, placed_at, shipped_on)
select o, pg_temp.id('order', o), 1 + pg_temp.pick(o, 20, current_setting('shop.customers')::bigint), status, total,
       case when status in ('paid', 'shipped', 'delivered') then total
            when status = 'new' and pg_temp.pick(o, 21, 3) = 0 then round(total * 0.3, 2)
            else 0 end,
       case when pg_temp.pick(o, 22, 6) = 0 then 'Please leave it with the neighbours – merci, спасибо, 谢谢 🎁' end,
       placed_at,
       case when status in ('shipped', 'delivered') then (placed_at at time zone 'UTC')::date + 1 end
from generate_series(1, current_setting('shop.orders')::bigint) o
left join (select order_id, sum(quantity * unit_price) as sum from order_lines group by order_id) lines on order_id = o,
     lateral (select coalesce(lines.sum, 0)) t (total),
     lateral (select pg_temp.moment(o, current_setting('shop.orders')::bigint)) m (placed_at),
     lateral (select (case when pg_temp.is_cancelled(o) then 'cancelled'
                           else (array['delivered', 'delivered', 'delivered', 'shipped', 'paid', 'new'])[1 + pg_temp.pick(o, 23, 6)]
                      end)::order_status) s (status);

insert into payments (id, order_id, amount, method, reference, details, paid_at)
select row_number() over (order by o.id, part), o.id, amount,
       (array['card', 'transfer', 'cash'])[1 + pg_temp.pick(o.id, 30, 3)],
       pg_temp.id('payment', o.id * 2 + part),
       case when pg_temp.pick(o.id, 30, 3) = 0
            then jsonb_build_object('card', 'visa', 'ends', lpad(pg_temp.pick(o.id, 31, 10000)::text, 4, '0')) end,
       placed_at + part * interval '3 hours'
from orders o,
     lateral (
         select 0, o.paid where o.paid <> 0 and pg_temp.pick(o.id, 32, 5) <> 0
         union all select 0, round(o.paid * 0.4, 2) where o.paid <> 0 and pg_temp.pick(o.id, 32, 5) = 0
         union all select 1, o.paid - round(o.paid * 0.4, 2) where o.paid <> 0 and pg_temp.pick(o.id, 32, 5) = 0
         union all select 0, pg_temp.price(o.id) where o.status = 'cancelled'
         union all select 1, -pg_temp.price(o.id) where o.status = 'cancelled'
     ) parts (part, amount);

insert into customers (id, public_id, name, email, address, tags, newsletter, born, balance, created_at)
select c, pg_temp.id('customer', c), first || ' ' || last, lower(first || '.' || last) || c || '@example.com',
       jsonb_build_object('street', last || ' Street ' || (1 + pg_temp.pick(c, 40, 200)), 'city', city,
                          'zip', lpad(pg_temp.pick(c, 41, 100000)::text, 5, '0')),
       (array['regular', 'loyal', 'wholesale', 'picky'])[1 : pg_temp.pick(c, 42, 5)],
       pg_temp.pick(c, 43, 3) = 0,
       case when pg_temp.pick(c, 44, 4) <> 0 then date '1940-01-01' + pg_temp.pick(c, 45, 25000)::int end,
       coalesce(balance, 0),
       pg_temp.moment(c, current_setting('shop.customers')::bigint)
from generate_series(1, current_setting('shop.customers')::bigint) c
left join (select customer_id, sum(paid - total) as balance from orders group by customer_id) accounts on customer_id = c,
     lateral (select (array['Ada', 'Björn', 'Chiara', 'Dmitri', 'Élodie', 'Farid', 'Grace', 'Hanako', 'Ivo', 'José'])
                         [1 + pg_temp.pick(c, 46, 10)],
                     (array['Novak', 'Schmidt', 'Rossi', 'Okafor', 'Tanaka', 'Silva', 'Jensen', 'Kowalska', 'Dubois', 'Smith'])
                         [1 + pg_temp.pick(c, 47, 10)],
                     (array['Bergen', 'Lisboa', 'Praha', 'Osaka', 'Lagos', 'Graz'])[1 + pg_temp.pick(c, 48, 6)]) n (first, last, city);

insert into products (id, sku, name, description, price, weight_kg, attributes, stock, supplied, active, updated_at)
select p, 'SKU-' || lpad(p::text, 8, '0'), name,
       case when pg_temp.pick(p, 50, 4) = 0 then repeat(name || ' of lasting quality, made to order. ', 80) else name end,
       pg_temp.price(p),
       case when pg_temp.pick(p, 51, 5) <> 0 then (1 + pg_temp.pick(p, 52, 30000)) / 1000.0::double precision end,
       jsonb_build_object('material', material, 'rating', pg_temp.pick(p, 53, 50) / 10.0, 'sizes', jsonb_build_array('S', 'M', 'L')),
       stock, stock + coalesce(sold, 0), pg_temp.pick(p, 54, 20) <> 0,
       pg_temp.moment(p, current_setting('shop.products')::bigint)
from generate_series(1, current_setting('shop.products')::bigint) p
left join (select product_id, sum(quantity)::int as sold from order_lines group by product_id) sales on product_id = p,
     lateral (select 100 + pg_temp.pick(p, 55, 900)::int) k (stock),
     lateral (select (array['oak', 'steel', 'wool', 'glass', 'paper'])[1 + pg_temp.pick(p, 56, 5)],
                     (array['table', 'lamp', 'blanket', 'vase', 'notebook', 'chair', 'clock'])[1 + pg_temp.pick(p, 57, 7)]) w (material, thing),
     lateral (select initcap(material) || ' ' || thing || ' no. ' || p) n (name);
