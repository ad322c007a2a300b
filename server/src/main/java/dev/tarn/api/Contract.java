package dev.tarn.api;

import java.util.Arrays;
import java.util.Optional;

/** The published contracts that the server speaks, Iceberg's REST catalog, and our own API. */
public enum Contract {
    DATALYNXR("datalynxr"),
    DATIXLAB("datixlab"),
    DRLS("drls"),
    DATALINKS("datalinks"),
    DATA_ML("data-ml"),
    ICEBERG("iceberg"),
    TARN("tarn");

    private final String text;

    Contract(String text) {
        this.text = text;
    }

    /** The name in addresses and file names. */
    public String text() {
        return text;
    }

    /** The contract of that name. */
    public static Optional<Contract> named(String text) {
        return Arrays.stream(values())
                .filter(contract -> contract.text.equals(text))
                .findFirst();
    }
}
