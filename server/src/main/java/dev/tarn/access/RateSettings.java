package dev.tarn.access;

import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Rate plans of keys.
 *
 * @param plans calls a minute, or calls a minute and a day, by the plan's name: {@code tarn.rates.plans.trial} of {@code
 *     5/100}. There are {@code free} of 10/1000, {@code professional} of 60/10000 and {@code enterprise} of 60000 unless given
 *     otherwise; a key whose plan is no longer there has the narrowest
 */
@ConfigurationProperties("tarn.rates")
public record RateSettings(Map<String, String> plans) {
    /** The plan of a key for which none is named. */
    public static final String NEW_KEYS = "enterprise";

    private static final Map<String, String> PRESET =
            Map.of("free", "10/1000", "professional", "60/10000", NEW_KEYS, "60000");
    private static final Pattern FORM = Pattern.compile("(\\d{1,9})(?:/(\\d{1,12}))?");

    public RateSettings(@Nullable Map<String, String> plans) {
        Map<String, String> all = new TreeMap<>(PRESET);
        if (plans != null) {
            plans.forEach((name, plan) -> all.put(name.toLowerCase(Locale.ROOT), plan));
        }
        this.plans = Map.copyOf(all);
        this.plans.forEach(RateSettings::parsed);
    }

    /** The plan of that name, whatever its case. */
    public Optional<RatePlan> plan(String name) {
        String folded = name.toLowerCase(Locale.ROOT);
        return Optional.ofNullable(plans.get(folded)).map(plan -> parsed(folded, plan));
    }

    /** The plan that a key of that name has today. */
    public RatePlan planOrNarrowest(String name) {
        return plan(name)
                .orElseGet(() -> plans.entrySet().stream()
                        .map(plan -> parsed(plan.getKey(), plan.getValue()))
                        .min(Comparator.comparingLong(RatePlan::minute))
                        .orElseThrow());
    }

    private static RatePlan parsed(String name, String plan) {
        Matcher form = FORM.matcher(plan.strip());
        if (!form.matches() || Long.parseLong(form.group(1)) < 1) {
            throw new IllegalArgumentException(
                    "tarn.rates.plans.%s is '%s'; it must be calls a minute, or calls a minute and a day as in 10/1000"
                            .formatted(name, plan));
        }
        String day = form.group(2);
        return new RatePlan(
                name,
                Long.parseLong(form.group(1)),
                day == null ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(day)));
    }
}
