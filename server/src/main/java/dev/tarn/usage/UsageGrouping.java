package dev.tarn.usage;

import java.util.Locale;

/** What a report has a row for. */
public enum UsageGrouping {
    DAY,
    HOUR,
    USER,
    KEY,
    KIND;

    /** The word of the API. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    UsageStore.Group stored() {
        return switch (this) {
            case DAY, HOUR -> UsageStore.Group.QUARTER_HOUR;
            case USER -> UsageStore.Group.USER;
            case KEY -> UsageStore.Group.KEY;
            case KIND -> UsageStore.Group.KIND;
        };
    }
}
