package dev.tarn.cli.access;

import dev.tarn.cli.CommandException;
import dev.tarn.cli.ExitCode;
import dev.tarn.cli.client.JsonNumber;
import dev.tarn.cli.output.Amount;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A quantity of bytes as people write it, or none. */
final class ByteSize {
    static final String FORMS = "none, or bytes as 1500000, 500MB, 1.5TB or 2GiB";

    private static final String NONE = "none";
    private static final Pattern FORM = Pattern.compile("(\\d{1,18}(?:\\.\\d{1,9})?) ?([kmgt]?i?b)?");
    private static final Map<Character, Integer> POWERS = Map.of('k', 1, 'm', 2, 'g', 3, 't', 4);

    private ByteSize() {}

    /** How many bytes; null for none. */
    static @Nullable Long parse(String text, String option) throws CommandException {
        String plain = text.strip().toLowerCase(Locale.ROOT);
        if (plain.equals(NONE)) {
            return null;
        }
        Matcher form = FORM.matcher(plain);
        if (form.matches()) {
            String unit = form.group(2) == null ? "b" : form.group(2);
            int base = unit.contains("i") ? 1_024 : 1_000;
            int power = POWERS.getOrDefault(unit.charAt(0), 0);
            BigDecimal bytes = new BigDecimal(form.group(1))
                    .multiply(BigDecimal.valueOf(base).pow(power));
            if (!unit.equals("ib")
                    && bytes.stripTrailingZeros().scale() <= 0
                    && bytes.precision() - bytes.scale() < 19) {
                return bytes.longValueExact();
            }
        }
        throw new CommandException(
                ExitCode.USAGE, "\"" + text + "\" is no size for " + option + "; give " + FORMS + ".");
    }

    /** A size of the server's. */
    static String text(@Nullable Object size) {
        return size instanceof JsonNumber number ? Amount.bytes(number.asLong()) : NONE;
    }
}
