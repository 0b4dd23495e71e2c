-- The rows that break a rule of the shop; none at any commit. Each table stands in braces, so that a reader of a copy can put
-- its own expression there.

select 'orders.total' as rule, cast(o.id as varchar(40)) as row_key,
       o.total as stored, coalesce(l.amount, 0) as computed
from {orders} o
left join (select order_id, sum(quantity * unit_price) as amount from {order_lines} group by order_id) l
       on l.order_id = o.id
where o.total <> coalesce(l.amount, 0)

union all
select 'orders.paid', cast(o.id as varchar(40)), o.paid, coalesce(p.amount, 0)
from {orders} o
left join (select order_id, sum(amount) as amount from {payments} group by order_id) p on p.order_id = o.id
where o.paid <> coalesce(p.amount, 0)

union all
select 'customers.balance', cast(c.id as varchar(40)), c.balance, coalesce(o.amount, 0)
from {customers} c
left join (select customer_id, sum(paid - total) as amount from {orders} group by customer_id) o
       on o.customer_id = c.id
where c.balance <> coalesce(o.amount, 0)

union all
select 'products.supplied', cast(p.id as varchar(40)), p.supplied, p.stock + coalesce(l.sold, 0)
from {products} p
left join (select product_id, sum(quantity) as sold from {order_lines} group by product_id) l on l.product_id = p.id
where p.supplied <> p.stock + coalesce(l.sold, 0)

union all
select 'orders.customer_id', cast(o.id as varchar(40)), o.customer_id, c.id
from {orders} o left join {customers} c on c.id = o.customer_id
where c.id is null

union all
select 'order_lines.order_id', cast(l.order_id as varchar(20)) || '/' || cast(l.line_no as varchar(20)),
       l.order_id, o.id
from {order_lines} l left join {orders} o on o.id = l.order_id
where o.id is null

union all
select 'order_lines.product_id', cast(l.order_id as varchar(20)) || '/' || cast(l.line_no as varchar(20)),
       l.product_id, p.id
from {order_lines} l left join {products} p on p.id = l.product_id
where p.id is null

union all
select 'payments.order_id', cast(p.id as varchar(40)), p.order_id, o.id
from {payments} p left join {orders} o on o.id = p.order_id
where o.id is null
