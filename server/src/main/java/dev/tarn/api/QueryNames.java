package dev.tarn.api;

import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.TarnException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Parameters of a query in the contracts that take each once. A repeated one is refused, because of two readers of the same
 * address one would take the first and the other the last.
 */
final class QueryNames {
    private static final Set<Contract> ONCE = Set.of(Contract.TARN, Contract.DATALYNXR, Contract.DRLS);
    private static final int MOST = 200;

    private QueryNames() {}

    static void check(Contract contract, @Nullable String query) {
        if (query == null || !ONCE.contains(contract)) {
            return;
        }
        Set<String> names = new HashSet<>();
        for (String parameter : query.split("&", -1)) {
            String name = name(parameter);
            if (!name.isEmpty() && !names.add(name)) {
                throw new TarnException(
                        ErrorCode.INVALID_REQUEST,
                        "The parameter %s is given twice; give it once".formatted(shown(name)));
            }
            if (names.size() > MOST) {
                throw new TarnException(
                        ErrorCode.INVALID_REQUEST, "The address has more than %d parameters".formatted(MOST));
            }
        }
    }

    private static String name(String parameter) {
        int equals = parameter.indexOf('=');
        String name = equals < 0 ? parameter : parameter.substring(0, equals);
        try {
            return URLDecoder.decode(name, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return name;
        }
    }

    private static String shown(String name) {
        return name.length() > 50 ? name.substring(0, 50) : name;
    }
}
