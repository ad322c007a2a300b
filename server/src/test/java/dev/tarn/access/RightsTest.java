package dev.tarn.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What makes an owner. */
class RightsTest {
    private static final Resource TABLE = Resource.table("iceberg.shop.orders");

    private static Rights rights(List<String> roles, String verb, KeyLimits limits) {
        Grant grant = new Grant(
                new UUID(1, 1),
                Grant.GranteeKind.USER,
                "kim",
                "kim",
                verb,
                TABLE.text(),
                Optional.empty(),
                Optional.empty(),
                Instant.EPOCH,
                Optional.empty());
        return Rights.of(roles, List.of(grant), limits);
    }

    @Test
    void whoMayEverythingWithAThingOwnsItAndNobodyElse() {
        assertThat(rights(List.of(), Verb.ANY, KeyLimits.NONE).own(TABLE)).isTrue();
        assertThat(rights(List.of(), Verb.SELECT.text(), KeyLimits.NONE).own(TABLE))
                .isFalse();
        assertThat(rights(List.of(), Verb.ANY, KeyLimits.NONE).own(Resource.table("iceberg.shop.others")))
                .isFalse();
    }

    @Test
    void aKeyThatIsRestrictedElsewhereOwnsNothingOfItsAdministrator() {
        KeyLimits elsewhere =
                new KeyLimits(Optional.empty(), Optional.of(List.of(Resource.namespace("iceberg.elsewhere"))));
        List<String> admin = List.of(BuiltInRole.ADMIN.text());
        assertThat(rights(admin, Verb.ANY, KeyLimits.NONE).own(TABLE)).isTrue();
        assertThat(rights(admin, Verb.ANY, elsewhere).own(TABLE)).isFalse();
        assertThat(rights(admin, Verb.ANY, KeyLimits.NONE).ownEverything()).isTrue();
        assertThat(rights(admin, Verb.ANY, elsewhere).ownEverything()).isFalse();
    }
}
