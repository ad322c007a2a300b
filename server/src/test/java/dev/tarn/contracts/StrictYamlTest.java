package dev.tarn.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StrictYamlTest {
    @Test
    void readsWhatJsonHas() {
        var node = StrictYaml.parse("{n: 9223372036854775807, list: [1.5, true, null], 'text': \"2026-11-27\"}");

        assertThat(node).hasToString("{\"n\":9223372036854775807,\"list\":[1.5,true,null],\"text\":\"2026-11-27\"}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{a: 1, a: 2}",
                "{200: ok}",
                "{at: 2026-11-27T10:00:00Z}",
                "{a: &x [1], b: *x}",
                "{a: !!binary x}"
            })
    void refusesWhatReadersUnderstandDifferently(String text) {
        assertThatThrownBy(() -> StrictYaml.parse(text)).isInstanceOf(RuntimeException.class);
    }
}
