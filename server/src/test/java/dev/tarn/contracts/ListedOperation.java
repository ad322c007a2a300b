package dev.tarn.contracts;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * A row of {@code operations.csv}, the checklist of the five published contracts.
 *
 * @param method of HTTP, WS, ANY, or CLIENT for what the contract promises of its clients
 * @param path or the name of a client's operation
 */
record ListedOperation(String contract, String method, String path, String summary) {
    private static final Pattern CELL = Pattern.compile("\\G(?:\"((?:[^\"]|\"\")*)\"|([^,\"]*))(?:,|$)");
    private static final Pattern ALIAS = Pattern.compile("alias: (\\S+)$");

    static List<ListedOperation> of(String contract) {
        return ContractFile.text("/contracts/operations.csv")
                .lines()
                .skip(1)
                .map(ListedOperation::parse)
                .filter(row -> row.contract.equals(contract))
                .toList();
    }

    boolean ofClient() {
        return method.equals("CLIENT");
    }

    Optional<String> alias() {
        return ALIAS.matcher(summary).results().map(found -> found.group(1)).findFirst();
    }

    @Override
    public String toString() {
        return method + " " + path;
    }

    private static ListedOperation parse(String line) {
        List<String> cells = new ArrayList<>();
        for (MatchResult cell : CELL.matcher(line).results().toList()) {
            String quoted = cell.group(1);
            cells.add(quoted == null ? cell.group(2) : quoted.replace("\"\"", "\""));
        }
        return new ListedOperation(cells.get(0), cells.get(1), cells.get(2), cells.get(3));
    }
}
