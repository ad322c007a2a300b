package dev.tarn.api;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.springframework.web.util.UriUtils;

/**
 * Who owns a path. The contract, and with it the shape of errors and the answers to a missing or wrong key, follows from whole
 * segments at the beginning of the path; an unknown path is owned as well. Segments are compared decoded and without matrix
 * parameters, as the dispatcher does, so that no spelling of a path escapes its owner.
 *
 * @param contract whose shapes the path answers in
 * @param area what kind of path it is
 */
public record PathOwner(Contract contract, Area area) {
    /** Kinds of paths. */
    public enum Area {
        /** Of a contract; needs a credential unless it is one of the few open paths. */
        API,
        /** Of a contract, and open: it carries its own secret, or none is needed. */
        OPEN,
        /** For those who run the server; open, without any tenant's data. */
        OPERATIONS,
        /** The console's pages and files; open. */
        CONSOLE
    }

    private static final Set<String> DATALYNXR = Set.of("sql", "streams", "features");
    private static final Set<String> DATA_ML = Set.of(
            "login",
            "refresh",
            "logout",
            "reset-password",
            "validate-token",
            "users",
            "rbac",
            "utils",
            "template",
            "dataset",
            "files",
            "train",
            "inference",
            "datalake",
            "ray");
    private static final Set<String> OPERATIONS = Set.of("livez", "readyz", "openapi");
    private static final Set<List<String>> OPEN_DATA_ML = Set.of(
            List.of("login", "access-token"), List.of("refresh"), List.of("logout"), List.of("utils", "health-check"));

    /** The owner of a path as it stands in the request line, without its query. */
    public static PathOwner of(String method, String rawPath) {
        List<String> path = segments(rawPath);
        return switch (segment(path, 0)) {
            case "v1" ->
                new PathOwner(DATALYNXR.contains(segment(path, 1)) ? Contract.DATALYNXR : Contract.DATIXLAB, Area.API);
            case "api" -> api(method, path.subList(1, path.size()));
            case "metrics" -> new PathOwner(Contract.TARN, Area.API);
            case "notebook" -> new PathOwner(Contract.DRLS, Area.API);
            case "tarn" -> segment(path, 1).equals("v1") ? tarn(method, path) : console();
            case "iceberg" -> segment(path, 1).equals("v1") ? iceberg(method, path) : console();
            case String first when OPERATIONS.contains(first) -> new PathOwner(Contract.TARN, Area.OPERATIONS);
            default -> console();
        };
    }

    private static PathOwner api(String method, List<String> path) {
        return switch (segment(path, 0)) {
            case "v1" -> {
                List<String> rest = withoutTrailingEmpty(path.subList(1, path.size()));
                yield DATA_ML.contains(segment(rest, 0))
                        ? new PathOwner(Contract.DATA_ML, OPEN_DATA_ML.contains(rest) ? Area.OPEN : Area.API)
                        : new PathOwner(Contract.DATALINKS, Area.API);
            }
            case "pipeline" ->
                new PathOwner(isIngestProxy(method, path) ? Contract.DATALINKS : Contract.DRLS, Area.API);
            case "health" -> new PathOwner(Contract.DRLS, path.size() == 1 ? Area.OPEN : Area.API);
            default -> new PathOwner(Contract.DRLS, Area.API);
        };
    }

    /** DataLinks has its auto-modelling here, in the middle of what is DRLS's. */
    private static boolean isIngestProxy(String method, List<String> path) {
        if (path.size() == 1) {
            return method.equals("POST");
        }
        return path.size() == 3
                && switch (path.get(2)) {
                    case "stream", "trace" -> method.equals("GET");
                    case "hook" -> method.equals("POST");
                    default -> false;
                };
    }

    private static PathOwner tarn(String method, List<String> path) {
        boolean signIn =
                method.equals("POST") && path.size() == 3 && path.get(2).equals("session");
        boolean throughProvider =
                method.equals("GET") && path.size() <= 4 && segment(path, 2).equals("sign-in");
        return new PathOwner(Contract.TARN, signIn || throughProvider ? Area.OPEN : Area.API);
    }

    private static PathOwner iceberg(String method, List<String> path) {
        boolean token = method.equals("POST") && path.equals(List.of("iceberg", "v1", "oauth", "tokens"));
        return new PathOwner(Contract.ICEBERG, token ? Area.OPEN : Area.API);
    }

    private static PathOwner console() {
        return new PathOwner(Contract.TARN, Area.CONSOLE);
    }

    private static String segment(List<String> path, int index) {
        return index < path.size() ? path.get(index) : "";
    }

    /** Both slash forms are for Data-ML alone. */
    private static List<String> withoutTrailingEmpty(List<String> path) {
        return !path.isEmpty() && path.getLast().isEmpty() ? path.subList(0, path.size() - 1) : path;
    }

    private static List<String> segments(String rawPath) {
        List<String> segments = new ArrayList<>();
        for (String segment : rawPath.substring(rawPath.startsWith("/") ? 1 : 0).split("/", -1)) {
            int parameters = segment.indexOf(';');
            String plain = parameters < 0 ? segment : segment.substring(0, parameters);
            try {
                segments.add(UriUtils.decode(plain, StandardCharsets.UTF_8));
            } catch (IllegalArgumentException e) {
                segments.add(plain);
            }
        }
        return segments;
    }
}
