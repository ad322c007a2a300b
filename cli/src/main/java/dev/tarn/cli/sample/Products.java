package dev.tarn.cli.sample;

import java.util.List;
import java.util.SplittableRandom;

/** What the shop sells. Prices in hundredths of a euro end in 99, 49 or 00, as prices do. */
final class Products {
    static final String HEADER =
            "product_id name category brand price cost weight_kg in_stock discontinued_on description";
    private static final int TABLE = 2;

    private record Category(String name, int from, int to, List<String> nouns) {
        static Category of(String name, int from, int to, String... nouns) {
            return new Category(name, from, to, List.of(nouns));
        }
    }

    private static final List<Category> CATEGORIES = List.of(
            Category.of(
                    "Kitchen",
                    8,
                    140,
                    "Espresso pot",
                    "Cast-iron pan",
                    "Chef's knife",
                    "Mixing bowl",
                    "Café cup",
                    "Tea kettle"),
            Category.of(
                    "Home & Living",
                    12,
                    320,
                    "Desk lamp",
                    "Wool blanket",
                    "Side table",
                    "Wall clock",
                    "Cushion",
                    "Storage box"),
            Category.of(
                    "Electronics",
                    19,
                    890,
                    "Headphones",
                    "Keyboard",
                    "Monitor, 27\"",
                    "Power bank",
                    "Speaker",
                    "Webcam"),
            Category.of(
                    "Garden", 6, 260, "Watering can", "Pruning shears", "Plant pot", "Garden hose, 20 m", "Bird house"),
            Category.of(
                    "Toys", 7, 120, "Wooden train", "Puzzle, 1,000 pieces", "Building blocks", "Kite", "Plush bear"),
            Category.of("Books", 5, 60, "Cookbook", "Travel guide", "Novel", "Atlas", "Sketchbook"),
            Category.of("Sports", 9, 450, "Yoga mat", "Trail shoes", "Bicycle helmet", "Dumbbell, 5 kg", "Rucksack"),
            Category.of("Clothing", 12, 210, "Rain jacket", "Merino jumper", "Linen shirt", "Scarf", "Socks, 3 pairs"));
    private static final List<String> STYLES = List.of(
            "Nordlys", "Ática", "Søren", "Classic", "Été", "Bauhaus", "Pico", "Alpine", "Kyoto", "Lumière", "Compact",
            "Grande");
    private static final List<String> BRANDS = List.of(
            "Tarnwerk",
            "Høyde",
            "Maison Élan",
            "Brook & Sons",
            "Kōgei",
            "Fjell",
            "Verde, S.A.",
            "Northbound",
            "Ötztal",
            "Halcyon");
    private static final List<String> DESCRIPTIONS = List.of(
            "Made to last, easy to mend.",
            "The original, \"as grandmother had it\", in new colours.",
            "Light, quiet, and packed without plastic.",
            "Reviewers say: \"finally one that works\".",
            "Hand-finished; sizes, colours and grain vary.");

    private final long seed;
    private final long endDay;
    private final int[] prices;

    Products(long seed, int count, long endSecond) {
        this.seed = seed;
        endDay = endSecond / 86_400;
        prices = new int[count];
        for (int row = 0; row < count; row++) {
            Category category = category(row);
            double place = Math.pow(RetailSample.random(seed, TABLE + 10, row).nextDouble(), 2.2);
            int whole = category.from + (int) (place * (category.to - category.from));
            int ending = RetailSample.random(seed, TABLE + 20, row).nextInt(10);
            prices[row] = whole * 100 + (ending < 6 ? 99 : ending < 9 ? 49 : 0);
        }
    }

    private static Category category(int row) {
        return CATEGORIES.get(row % CATEGORIES.size());
    }

    /** In hundredths. */
    int priceOf(int row) {
        return prices[row];
    }

    /** Few products make most of the sales. */
    int popular(SplittableRandom random) {
        double place = random.nextDouble();
        int rank = (int) (place * place * prices.length);
        // Ranks are scattered over the categories by a step that has no common divisor with usual counts.
        return (int) (rank * 1_117L % prices.length);
    }

    void write(int row, CsvRow out) {
        SplittableRandom random = RetailSample.random(seed, TABLE, row);
        Category category = category(row);
        String name = RetailSample.pick(random, category.nouns) + " " + RetailSample.pick(random, STYLES);
        out.number(row + 1).text(name + " " + (10 + row % 90)).text(category.name);
        out.text(RetailSample.pick(random, BRANDS)).hundredths(prices[row]);
        out.hundredths(prices[row] * (45L + random.nextInt(30)) / 100);
        if (random.nextInt(100) < 12) {
            out.empty();
        } else {
            out.hundredths(5 + random.nextInt(1_500));
        }
        out.number(random.nextInt(900));
        if (random.nextInt(100) < 94) {
            out.empty();
        } else {
            out.date(endDay - random.nextInt(400));
        }
        out.text(random.nextInt(100) < 20 ? null : RetailSample.pick(random, DESCRIPTIONS))
                .end();
    }
}
