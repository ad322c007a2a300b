package dev.tarn.cli.access;

import dev.tarn.cli.client.JsonObject;
import java.util.List;

/** Parts of the API's objects in words. */
final class Shown {
    private Shown() {}

    /** A user, a role or another thing by its name, whether the API tells it as an object or as a text. */
    static String name(JsonObject object, String member) {
        JsonObject named = object.object(member);
        return named == null ? object.text(member, "") : named.text("name", "");
    }

    static String yes(boolean truth) {
        return truth ? "yes" : "no";
    }

    /** "role:Analyst" or "user:ann". */
    static String grantee(JsonObject grant) {
        JsonObject to = grant.object("to");
        return to == null ? grant.text("to", "") : to.text("kind", "user") + ":" + to.text("name", "?");
    }

    static String columns(JsonObject grant) {
        List<String> columns = grant.texts("columns");
        return columns.isEmpty() ? "all" : String.join(", ", columns);
    }

    static String roles(List<String> roles) {
        return roles.isEmpty() ? "no role" : String.join(", ", roles);
    }
}
