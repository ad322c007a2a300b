package dev.tarn.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the commands of the prompt change. */
final class PromptState {
    private StatementRunner runner;
    private boolean timing = true;
    private boolean expanded;
    private boolean paging = true;
    private boolean left;
    private String last = "";

    PromptState(StatementRunner runner) {
        this.runner = runner;
    }

    StatementRunner runner() {
        return runner;
    }

    boolean timing() {
        return timing;
    }

    boolean expanded() {
        return expanded;
    }

    boolean paging() {
        return paging;
    }

    boolean left() {
        return left;
    }

    /** What was run last, for the editor. */
    String last() {
        return last;
    }

    void remember(String statement) {
        last = statement;
    }

    void leave() {
        left = true;
    }

    boolean switchTiming() {
        timing = !timing;
        return timing;
    }

    boolean switchExpanded() {
        expanded = !expanded;
        return expanded;
    }

    boolean switchPaging() {
        paging = !paging;
        return paging;
    }

    void useSchema(@Nullable String schema) {
        runner = new StatementRunner(runner.client(), schema, runner.timeoutSeconds(), runner.parameters());
    }

    void set(String name, @Nullable Object value) {
        Map<String, Object> parameters = new LinkedHashMap<>(runner.parameters());
        if (value == null) {
            parameters.remove(name);
        } else {
            parameters.put(name, value);
        }
        runner = new StatementRunner(runner.client(), runner.schema(), runner.timeoutSeconds(), parameters);
    }
}
