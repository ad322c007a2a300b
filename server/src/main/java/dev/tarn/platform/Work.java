package dev.tarn.platform;

/**
 * How much work of a kind a server has at a moment.
 *
 * @param running what is under way
 * @param waiting what has come and waits for a place
 */
public record Work(int running, int waiting) {
    /** Counts pieces of work by whether each waits. */
    public static Work of(Iterable<Boolean> waits) {
        int running = 0;
        int waiting = 0;
        for (boolean waiter : waits) {
            if (waiter) {
                waiting++;
            } else {
                running++;
            }
        }
        return new Work(running, waiting);
    }
}
