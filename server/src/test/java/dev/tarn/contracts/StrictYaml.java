package dev.tarn.contracts;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads YAML that means the same to every reader: no key twice, keys are texts, and scalars are those that JSON has. So an
 * unquoted status code and an unquoted time are refused, although YAML allows them.
 */
final class StrictYaml {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private StrictYaml() {}

    static JsonNode parse(String text) {
        LoaderOptions options = new LoaderOptions();
        options.setAllowDuplicateKeys(false);
        options.setMaxAliasesForCollections(0);
        Object tree = new Yaml(new SafeConstructor(options)).load(text);
        requirePlain("", tree);
        return JSON.valueToTree(tree);
    }

    private static void requirePlain(String place, @Nullable Object node) {
        switch (node) {
            case Map<?, ?> map ->
                map.forEach((key, value) -> {
                    if (!(key instanceof String name)) {
                        throw new IllegalArgumentException(place + ": quote the key " + key);
                    }
                    requirePlain(place + "/" + name, value);
                });
            case List<?> list -> list.forEach(item -> requirePlain(place + "/-", item));
            case String _, Boolean _, Number _ -> {}
            case null -> {}
            default -> throw new IllegalArgumentException(place + ": quote the value " + node);
        }
    }
}
