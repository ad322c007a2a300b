package dev.tarn.upkeep;

import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * How tables are looked after, as far as it is said in one place: a table, a namespace, or the tenant.
 *
 * @param said what is said there: Boolean, Long, Double or String, as {@link PolicySetting} has it
 */
public record UpkeepPolicy(Map<PolicySetting, Object> said) {
    static final UpkeepPolicy SILENT = new UpkeepPolicy(Map.of());

    public UpkeepPolicy {
        said = Map.copyOf(said);
    }

    /**
     * Reads what somebody wrote.
     *
     * @param written by the names of settings
     * @throws dev.tarn.platform.TarnException {@code INVALID_REQUEST}
     */
    public static UpkeepPolicy of(Map<String, ?> written) {
        Map<PolicySetting, Object> said = new EnumMap<>(PolicySetting.class);
        written.forEach((name, value) -> {
            PolicySetting setting = PolicySetting.named(name);
            said.put(setting, setting.checked(value));
        });
        return new UpkeepPolicy(said);
    }

    /** By the names of settings, in their order. */
    public Map<String, Object> written() {
        Map<String, Object> written = new LinkedHashMap<>();
        for (PolicySetting setting : PolicySetting.values()) {
            Optional.ofNullable(said.get(setting)).ifPresent(value -> written.put(setting.text(), value));
        }
        return written;
    }

    /** This, and where it says nothing the wider one. */
    UpkeepPolicy over(UpkeepPolicy wider) {
        Map<PolicySetting, Object> both = new EnumMap<>(PolicySetting.class);
        both.putAll(wider.said);
        both.putAll(said);
        return new UpkeepPolicy(both);
    }

    private Optional<Object> value(PolicySetting setting) {
        return Optional.ofNullable(said.get(setting)).or(setting::usual);
    }

    boolean is(PolicySetting flag) {
        return value(flag).map(Boolean.class::cast).orElse(false);
    }

    Optional<Long> count(PolicySetting count) {
        return value(count).map(Long.class::cast);
    }

    Optional<Double> ratio(PolicySetting ratio) {
        return value(ratio).map(Double.class::cast);
    }

    Optional<String> text(PolicySetting text) {
        return value(text).map(String.class::cast);
    }
}
