package dev.tarn.cli.sample;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** Customers in the order in which they signed up: three in ten before the first order, the others evenly until the end. */
final class Customers {
    static final String HEADER =
            "customer_id name email phone city country birth_date segment newsletter signed_up_at note";
    private static final double BEFORE_START = .3;
    private static final long YEAR_SECONDS = 365L * 86_400;
    private static final int TABLE = 1;
    private static final List<String> NOTES = List.of(
            "Prefers delivery after 6 pm, third floor",
            "Says \"call first, please\"",
            "Company address, invoice to accounting",
            "Asked for \"no plastic\", twice",
            "VIP – naïve about sizes, please double-check");
    private static final List<String> MAIL = List.of("example.com", "example.org", "example.net", "mail.example");

    private final long seed;
    private final int count;
    private final OrderRhythm rhythm;
    private final Map<String, String> plainNames = new HashMap<>();

    Customers(long seed, int count, OrderRhythm rhythm) {
        this.seed = seed;
        this.count = count;
        this.rhythm = rhythm;
        for (Country country : Country.ALL) {
            country.first().forEach(name -> plainNames.put(name, Country.plain(name)));
            country.last().forEach(name -> plainNames.put(name, Country.plain(name)));
        }
    }

    /** How many have signed up by this second, at least one. */
    int signedUpBy(long second) {
        double share = (double) (second - rhythm.start()) / (rhythm.end() - rhythm.start());
        return Math.max(1, (int) (count * (BEFORE_START + (1 - BEFORE_START) * share)));
    }

    /** Somewhere in the row's own slice of time, which ends where {@link #signedUpBy} begins to count it. */
    private long signedUpAt(int row, double place) {
        double share = (row + place) / count;
        if (share < BEFORE_START) {
            return rhythm.start() - (long) ((1 - share / BEFORE_START) * 2 * YEAR_SECONDS);
        }
        double later = (share - BEFORE_START) / (1 - BEFORE_START);
        return rhythm.start() + (long) (later * (rhythm.end() - rhythm.start()));
    }

    Country countryOf(int row) {
        return Country.of(random(row).nextInt(1_000));
    }

    private SplittableRandom random(int row) {
        return RetailSample.random(seed, TABLE, row);
    }

    void write(int row, CsvRow out) {
        SplittableRandom random = random(row);
        Country country = Country.of(random.nextInt(1_000));
        String first = RetailSample.pick(random, country.first());
        String last = RetailSample.pick(random, country.last());
        boolean familyFirst = country.name().equals("Japan");
        out.number(row + 1).text(familyFirst ? last + " " + first : first + " " + last);
        out.text(address(first, last, row, random));
        if (random.nextInt(100) < 28) {
            out.empty();
        } else {
            out.text(country.dialCode() + " " + (100 + random.nextInt(900)) + " "
                    + (1_000_000 + random.nextInt(9_000_000)));
        }
        out.text(RetailSample.pick(random, country.cities())).text(country.name());
        if (random.nextInt(100) < 15) {
            out.empty();
        } else {
            out.date(rhythm.start() / 86_400 - 18 * 365L - random.nextInt(60 * 365));
        }
        int segment = random.nextInt(100);
        out.text(segment < 78 ? "Consumer" : segment < 93 ? "Small business" : "Corporate");
        out.text(random.nextInt(100) < 41 ? "true" : "false").timestamp(signedUpAt(row, random.nextDouble()));
        out.text(random.nextInt(100) < 4 ? RetailSample.pick(random, NOTES) : null)
                .end();
    }

    private String address(String first, String last, int row, SplittableRandom random) {
        String name = plainNames.get(first) + "." + plainNames.get(last);
        return (name.equals(".") ? "customer" : name) + (row + 1) + "@" + RetailSample.pick(random, MAIL);
    }
}
