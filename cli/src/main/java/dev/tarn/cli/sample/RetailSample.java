package dev.tarn.cli.sample;

import java.time.LocalDateTime;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A shop's three years: customers, products, orders and their items, the same bytes for the same seed, size and end.
 *
 * <p>Every row draws from its own generator, seeded by table and row number. So an order's items can be computed twice,
 * once for the total in {@code orders} and once for {@code order_items}, without keeping a million of them.
 */
public final class RetailSample {
    public static final Size FULL = new Size(60_000, 2_000, 300_000);

    /** Number of customers, products and orders; an order has 2.8 items on average. */
    public record Size(int customers, int products, int orders) {}

    private final Customers customers;
    private final Products products;
    private final Orders orders;
    private final Size size;

    /** {@code until} is the moment after the last order, in UTC. */
    public RetailSample(long seed, LocalDateTime until, Size size) {
        this.size = size;
        OrderRhythm rhythm = new OrderRhythm(seed, until);
        customers = new Customers(seed, size.customers(), rhythm);
        products = new Products(seed, size.products(), rhythm.end());
        orders = new Orders(seed, size.orders(), rhythm, customers, products);
    }

    /** In the order in which they should be loaded: what is referred to comes first. */
    public List<SampleTable> tables() {
        return List.of(
                table("customers", Customers.HEADER, size.customers(), customers::write),
                table("products", Products.HEADER, size.products(), products::write),
                table("orders", Orders.HEADER, size.orders(), (row, out) -> orders.write(row, out)),
                table("order_items", Orders.ITEMS_HEADER, size.orders(), (row, out) -> orders.writeItems(row, out)));
    }

    @FunctionalInterface
    private interface RowWriter {
        void write(int row, CsvRow out);
    }

    private static SampleTable table(String name, String header, int rows, RowWriter writer) {
        return new SampleTable(name, () -> {
            int[] next = {0};
            return new CsvStream(header, out -> {
                if (next[0] == rows) {
                    return false;
                }
                writer.write(next[0]++, out);
                return true;
            });
        });
    }

    /** The generator of one row; the odd constant keeps neighbours' streams apart. */
    static SplittableRandom random(long seed, int table, long row) {
        return new SplittableRandom(seed + table * 0xD1B54A32D192ED03L + row * 0xABC98388FB8FAC03L);
    }

    static <T> T pick(SplittableRandom random, List<T> from) {
        return from.get(random.nextInt(from.size()));
    }
}
