package dev.tarn.contracts;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The page of docs about a contract: what it is, and of every operation whether it is served. */
final class ContractPages {
    private ContractPages() {}

    static String page(ContractFile file) {
        StringBuilder page = new StringBuilder();
        page.append("<!-- Generated from contracts/%s.yaml. Write it anew with ./build docs. -->\n\n"
                .formatted(file.name()));
        page.append("# ")
                .append(file.title())
                .append("\n\n")
                .append(file.description())
                .append("\n\n");
        page.append(count("operations", file.operations(), Operation::state)).append("\n\n");
        page.append("| method | path | what it does | state | test |\n|---|---|---|---|---|\n");
        file.operations().forEach(operation -> page.append(row(operation)));
        if (!file.clientOperations().isEmpty()) {
            page.append("\n## Of clients and tools\n\n");
            page.append(count("operations of clients and tools", file.clientOperations(), ClientOperation::state));
            page.append("\n\n| name | what it does | state |\n|---|---|---|\n");
            file.clientOperations()
                    .forEach(operation -> page.append("| %s | %s | %s |\n"
                            .formatted(
                                    code(operation.name()),
                                    operation.summary(),
                                    operation.state().phrase())));
        }
        return page.toString();
    }

    private static String row(Operation operation) {
        return "| %s | %s | %s | %s | %s |\n"
                .formatted(
                        operation.listedMethod(),
                        paths(operation),
                        operation.summary(),
                        operation.state().phrase() + (operation.ours() ? ", ours" : ""),
                        operation
                                .test()
                                .map(test -> operation.tested() ? code(test) : "to come")
                                .orElse(""));
    }

    /** The path as the contract writes it, then the others, of which two that differ in a last slash count as one. */
    private static String paths(Operation operation) {
        boolean ours = operation.node().has("x-tarn-source");
        Set<String> forms = new HashSet<>();
        return Stream.of(
                        Stream.of(operation.listedPath()),
                        ours ? Stream.of(operation.path()) : Stream.<String>empty(),
                        operation.aliases().stream())
                .flatMap(Function.identity())
                .filter(path -> forms.add(path.replaceFirst("/$", "")))
                .map(ContractPages::code)
                .collect(Collectors.joining("<br>"));
    }

    private static <T> String count(String what, List<T> operations, Function<T, State> state) {
        return "%d %s: %s."
                .formatted(
                        operations.size(),
                        what,
                        Stream.of(State.values())
                                .map(wanted -> "%d %s"
                                        .formatted(
                                                operations.stream()
                                                        .filter(operation -> state.apply(operation) == wanted)
                                                        .count(),
                                                wanted.phrase()))
                                .collect(Collectors.joining(", ")));
    }

    private static String code(String text) {
        return "`" + text + "`";
    }
}
