package dev.tarn.api.tarn;

import dev.tarn.access.Caller;
import dev.tarn.sql.Search;
import dev.tarn.sql.SearchHit;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** One search over everything that has a name. */
@RestController
class SearchController {
    private final Search search;

    SearchController(Search search) {
        this.search = search;
    }

    /** What was found. */
    record HitView(
            String kind,
            @Nullable String table,
            @Nullable String column,
            @Nullable UUID id,
            String name,
            @Nullable String description,
            @Nullable String type) {
        static HitView of(SearchHit hit) {
            return new HitView(
                    hit.kind().name().toLowerCase(Locale.ROOT),
                    hit.table().orElse(null),
                    hit.kind() == SearchHit.Kind.COLUMN ? hit.name() : null,
                    hit.id().orElse(null),
                    hit.name(),
                    hit.description().orElse(null),
                    hit.type().orElse(null));
        }
    }

    /** All that was found, best first. */
    record Found(List<HitView> results) {}

    @GetMapping("/tarn/v1/search")
    Found find(Caller caller, @RequestParam String q, @RequestParam(defaultValue = "50") int limit) {
        return new Found(search.find(caller, q, limit).stream().map(HitView::of).toList());
    }
}
