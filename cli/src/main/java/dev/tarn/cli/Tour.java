package dev.tarn.cli;

import dev.tarn.cli.client.JsonObject;
import dev.tarn.cli.client.RequestException;
import dev.tarn.cli.client.TarnClient;
import dev.tarn.cli.output.Amount;
import dev.tarn.cli.output.Column;
import dev.tarn.cli.output.StatementAnswer;
import dev.tarn.cli.output.TableSink;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/** A few statements over the sample, run through the public SQL API as any client would. */
final class Tour {
    private record Stop(String question, String statement) {}

    private static final List<Stop> STOPS = List.of(
            new Stop("How much is there?", """
                    select 'customers' as table_name, count(*) as row_count from iceberg.shop.customers
                    union all select 'products', count(*) from iceberg.shop.products
                    union all select 'orders', count(*) from iceberg.shop.orders
                    union all select 'order_items', count(*) from iceberg.shop.order_items"""),
            new Stop("What did each of the last months bring?", """
                    select cast(date_trunc('month', ordered_at) as date) as month,
                           count(*) as orders, sum(total_amount) as revenue
                    from iceberg.shop.orders
                    where status <> 'cancelled'
                    group by 1 order by 1 desc limit 6"""),
            new Stop("Which product sells best in each category? (a window function)", """
                    select category, name, revenue
                    from (select p.category, p.name, sum(i.amount) as revenue,
                                 row_number() over (partition by p.category order by sum(i.amount) desc) as place
                          from iceberg.shop.order_items i join iceberg.shop.products p on p.product_id = i.product_id
                          group by p.category, p.product_id, p.name) ranked
                    where place = 1 order by revenue desc"""),
            new Stop("How many customers come back? (a common table expression)", """
                    with orders_per_customer as (
                      select customer_id, count(*) as orders from iceberg.shop.orders group by customer_id)
                    select case when orders = 1 then 'once' when orders < 5 then '2 to 4 times'
                                when orders < 10 then '5 to 9 times' else '10 times or more' end as ordered,
                           count(*) as customers, sum(orders) as orders
                    from orders_per_customer group by 1 order by min(orders)"""),
            new Stop("Where do they live?", """
                    select country, count(*) as customers, count(distinct city) as cities,
                           count(phone) as with_phone
                    from iceberg.shop.customers group by country order by customers desc limit 5"""),
            new Stop("On which day of the week do people order?", """
                    select extract(isodow from ordered_at) as weekday, count(*) as orders,
                           cast(avg(total_amount) as decimal(10, 2)) as average_amount
                    from iceberg.shop.orders group by 1 order by 1"""));

    private final TarnClient client;
    private final PrintStream out;

    Tour(TarnClient client, PrintStream out) {
        this.client = client;
        this.out = out;
    }

    /** Prints each statement with its rows and figures, and returns the answers with their statements. */
    List<JsonObject> run() throws RequestException {
        List<JsonObject> answers = new ArrayList<>();
        for (Stop stop : STOPS) {
            out.println();
            out.println(stop.question);
            stop.statement.lines().forEach(line -> out.println("  " + line));
            out.println();
            JsonObject answer = client.post("/v1/sql/execute", JsonObject.of("statement", stop.statement));
            print(answer);
            answers.add(JsonObject.of("statement", stop.statement, "answer", answer));
        }
        return answers;
    }

    private void print(JsonObject answer) {
        List<Column> columns = StatementAnswer.columns(answer.value("columns"));
        List<JsonObject> rows = answer.objects("rows");
        TableSink table = new TableSink(out, "  ");
        table.begin(columns);
        for (JsonObject row : rows) {
            table.row(columns.stream().map(column -> row.value(column.name())).toList());
        }
        table.end();
        out.println("  (" + Amount.rows(rows.size()) + ", " + answer.number("elapsed_ms") + " ms, "
                + Amount.bytes(answer.number("bytes_scanned")) + " scanned)");
        out.flush();
    }
}
