package dev.tarn.engine;

import dev.tarn.access.Caller;
import dev.tarn.platform.Cancellation;
import dev.tarn.platform.Deadline;
import dev.tarn.worker.protocol.Parameter;
import java.util.List;

/** One attempt's surroundings. */
record Run(
        Caller caller,
        List<Parameter> parameters,
        Defaults defaults,
        Deadline deadline,
        Cancellation cancellation,
        LongRun how) {
    Run(Caller caller, List<Parameter> parameters, Defaults defaults, Deadline deadline, Cancellation cancellation) {
        this(caller, parameters, defaults, deadline, cancellation, LongRun.NOT);
    }
}
