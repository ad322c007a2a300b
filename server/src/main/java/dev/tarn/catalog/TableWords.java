package dev.tarn.catalog;

import dev.tarn.access.GrantWords;
import dev.tarn.access.Resource;
import java.util.List;

/** Names of tables and namespaces in grants: written as in SQL, kept as full names. What they name need not exist yet. */
final class TableWords implements GrantWords {
    @Override
    public Resource canonical(Resource resource) {
        if (resource.name().equals(Resource.ALL)) {
            return resource;
        }
        return switch (resource.kind()) {
            case TABLE -> Resource.table(TableName.parse(resource.name()).text());
            case NAMESPACE -> {
                List<String> levels = TableName.parseNamespace(resource.name());
                yield Resource.namespace(TableName.namespaceFullName(String.join(".", levels)));
            }
            default -> resource;
        };
    }
}
