package dev.tarn.cli.sample;

import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** Orders and their items; an order's total is the sum of its items. */
final class Orders {
    static final String HEADER =
            "order_id customer_id ordered_at status channel ship_country coupon shipping_fee total_amount delivered_at comment";
    static final String ITEMS_HEADER = "order_id line_number product_id quantity unit_price discount_percent amount";
    private static final int TABLE = 3;
    private static final long DAY = 86_400;
    /** Of a thousand orders, how many have at most 1, 2, 3 ... items: 2.8 on average. */
    private static final int[] ITEMS_UP_TO = {230, 485, 710, 858, 937, 974, 1_000};

    private static final List<String> COUPONS = List.of("WELCOME10", "SUMMER", "FRIEND5", "ÉTÉ-15", "BACKAGAIN");
    private static final List<String> COMMENTS = List.of(
            "Please ring twice, third floor",
            "It's a present: \"Happy birthday, Zoë!\"",
            "Leave it with the neighbour, thanks",
            "Bitte klingeln, Hinterhaus",
            "¿Pueden entregar el sábado?");

    private final long seed;
    private final int count;
    private final OrderRhythm rhythm;
    private final Customers customers;
    private final Products products;

    Orders(long seed, int count, OrderRhythm rhythm, Customers customers, Products products) {
        this.seed = seed;
        this.count = count;
        this.rhythm = rhythm;
        this.customers = customers;
        this.products = products;
    }

    /** Amounts in hundredths. */
    private record Item(int product, int quantity, int unitPrice, int discountPercent) {
        long amount() {
            return ((long) quantity * unitPrice * (100 - discountPercent) + 50) / 100;
        }
    }

    private Item[] items(int row) {
        SplittableRandom random = RetailSample.random(seed, TABLE + 10, row);
        int drawn = random.nextInt(1_000);
        int length = 1;
        while (drawn >= ITEMS_UP_TO[length - 1]) {
            length++;
        }
        Item[] items = new Item[length];
        for (int i = 0; i < length; i++) {
            int product = products.popular(random);
            int many = random.nextInt(100);
            int quantity = many < 74 ? 1 : many < 92 ? 2 : 3 + random.nextInt(4);
            int discount = random.nextInt(100) < 82 ? 0 : 5 * (1 + random.nextInt(6));
            items[i] = new Item(product, quantity, products.priceOf(product), discount);
        }
        return items;
    }

    void write(int row, CsvRow out) {
        SplittableRandom random = RetailSample.random(seed, TABLE, row);
        long orderedAt = rhythm.secondAt((row + random.nextDouble()) / count);
        double loyal = random.nextDouble();
        int customer = (int) (customers.signedUpBy(orderedAt) * Math.pow(loyal, 1.35));
        long total = 0;
        for (Item item : items(row)) {
            total += item.amount();
        }
        long deliveredAt = orderedAt + DAY + random.nextLong(6 * DAY);
        String status = status(random.nextInt(1_000), orderedAt, deliveredAt);
        out.number(row + 1).number(customer + 1).timestamp(orderedAt).text(status);
        int channel = random.nextInt(100);
        out.text(channel < 46 ? "web" : channel < 81 ? "app" : channel < 94 ? "store" : "phone");
        boolean abroad = random.nextInt(100) < 3;
        out.text(
                abroad
                        ? RetailSample.pick(random, Country.ALL).name()
                        : customers.countryOf(customer).name());
        out.text(random.nextInt(100) < 11 ? RetailSample.pick(random, COUPONS) : null);
        out.hundredths(total >= 5_000 ? 0 : 495).hundredths(total);
        if (status.equals("delivered") || status.equals("returned")) {
            out.timestamp(deliveredAt);
        } else {
            out.empty();
        }
        out.text(comment(random)).end();
    }

    private String status(int perThousand, long orderedAt, long deliveredAt) {
        if (perThousand < 38) {
            return "cancelled";
        }
        if (deliveredAt < rhythm.end()) {
            return perThousand < 90 ? "returned" : "delivered";
        }
        return rhythm.end() - orderedAt > DAY ? "shipped" : "processing";
    }

    private static @Nullable String comment(SplittableRandom random) {
        return random.nextInt(100) < 2 ? RetailSample.pick(random, COMMENTS) : null;
    }

    void writeItems(int row, CsvRow out) {
        Item[] items = items(row);
        for (int i = 0; i < items.length; i++) {
            Item item = items[i];
            out.number(row + 1).number(i + 1).number(item.product + 1).number(item.quantity);
            out.hundredths(item.unitPrice)
                    .number(item.discountPercent)
                    .hundredths(item.amount())
                    .end();
        }
    }
}
