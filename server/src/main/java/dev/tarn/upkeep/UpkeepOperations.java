package dev.tarn.upkeep;

import dev.tarn.access.Caller;
import dev.tarn.catalog.ReadableTable;
import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.TarnException;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The operations, by their tasks. */
final class UpkeepOperations {
    private final Map<Class<?>, UpkeepOperation<?>> operations;

    UpkeepOperations(List<UpkeepOperation<?>> operations) {
        this.operations = operations.stream().collect(Collectors.toMap(UpkeepOperation::task, Function.identity()));
    }

    void check(Caller caller, ReadableTable table, UpkeepTask task) {
        of(task).check(caller, table, task);
    }

    Map<String, Object> run(UpkeepRun run, UpkeepTask task) {
        return of(task).run(run, task);
    }

    @SuppressWarnings("unchecked") // each is known by the class of its tasks
    private <T extends UpkeepTask> UpkeepOperation<T> of(T task) {
        UpkeepOperation<?> operation = operations.get(task.getClass());
        if (operation == null) {
            throw new TarnException(ErrorCode.INVALID_REQUEST, "This server cannot do %s".formatted(task.operation()));
        }
        return (UpkeepOperation<T>) operation;
    }
}
