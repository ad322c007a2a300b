package dev.tarn.bench.harness;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class ReportTest {
    @Test
    void aSectionIsAddedThenReplacedAndOthersStay() {
        String one = Report.replaced("# Benchmarks\n", "one", "first\n");
        String two = Report.replaced(one, "two", "second");
        String again = Report.replaced(two, "one", "third");

        assertThat(two).isEqualTo("""
                # Benchmarks

                <!-- benchmark one begin -->
                first
                <!-- benchmark one end -->

                <!-- benchmark two begin -->
                second
                <!-- benchmark two end -->
                """);
        assertThat(again).isEqualTo(two.replace("first", "third"));
    }
}
