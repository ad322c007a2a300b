package dev.tarn;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;

import org.junit.jupiter.api.Test;
import org.springframework.modulith.core.ApplicationModules;

/** A module reaches only what it says it may, and of that only the root package. */
class ModularityTest {
    @Test
    void modulesKeepTheirBoundaries() {
        // The worker is another process; of it only the frames' protocol is on this class path.
        ApplicationModules.of(TarnServer.class, resideInAPackage("dev.tarn.worker.."))
                .verify();
    }
}
