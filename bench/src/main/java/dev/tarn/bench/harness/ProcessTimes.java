package dev.tarn.bench.harness;

import java.util.List;

/**
 * What {@code /proc/<pid>/stat} says about a process, in clock ticks.
 *
 * @param parent the process that started it
 * @param own user and system time of the process itself, all its threads included, ended ones too
 * @param ended the same of its children that ended and were waited for, and of theirs
 */
record ProcessTimes(long parent, long own, long ended) {
    // Places in proc(5), counted from the field after the name: state is 0.
    private static final int PARENT = 1;
    private static final int USER = 11;
    private static final int SYSTEM = 12;
    private static final int CHILDREN_USER = 13;
    private static final int CHILDREN_SYSTEM = 14;

    /** A process may have any name, brackets and blanks included: the last bracket ends it. */
    static ProcessTimes parse(String stat) {
        List<String> fields =
                List.of(stat.substring(stat.lastIndexOf(')') + 1).strip().split(" ", -1));
        return new ProcessTimes(
                Long.parseLong(fields.get(PARENT)),
                Long.parseLong(fields.get(USER)) + Long.parseLong(fields.get(SYSTEM)),
                Long.parseLong(fields.get(CHILDREN_USER)) + Long.parseLong(fields.get(CHILDREN_SYSTEM)));
    }

    long all() {
        return own + ended;
    }
}
