package dev.tarn.api;

import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.TarnException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import tools.jackson.databind.json.JsonMapper;

/** Each contract's OpenAPI file as it is, in YAML, or in JSON when that is what the caller accepts. */
@RestController
class OpenApiController {
    private static final MediaType YAML = MediaType.parseMediaType("application/yaml");
    private static final int LARGEST_FILE = 16 * 1024 * 1024;

    private final Map<Contract, String> files = new ConcurrentHashMap<>();
    private final Map<Contract, String> asJson = new ConcurrentHashMap<>();

    @GetMapping("/openapi")
    Map<String, List<String>> list() {
        return Map.of(
                "contracts",
                Arrays.stream(Contract.values())
                        .filter(contract -> file(contract).isPresent())
                        .map(Contract::text)
                        .toList());
    }

    @GetMapping("/openapi/{contract}")
    ResponseEntity<String> document(
            @PathVariable String contract, @RequestHeader(name = "Accept", required = false) @Nullable String accept) {
        Contract known = Contract.named(contract).orElseThrow(() -> unknown(contract));
        String yaml = file(known).orElseThrow(() -> unknown(contract));
        if (wantsJson(accept)) {
            return ResponseEntity.ok()
                    .contentType(MediaType.APPLICATION_JSON)
                    .body(asJson.computeIfAbsent(known, ignored -> json(yaml)));
        }
        return ResponseEntity.ok().contentType(YAML).body(yaml);
    }

    private static boolean wantsJson(@Nullable String accept) {
        if (accept == null) {
            return false;
        }
        int json = accept.indexOf("json");
        int yaml = accept.indexOf("yaml");
        return json >= 0 && (yaml < 0 || json < yaml);
    }

    private Optional<String> file(Contract contract) {
        return Optional.ofNullable(files.computeIfAbsent(contract, OpenApiController::read));
    }

    private static @Nullable String read(Contract contract) {
        try (InputStream file =
                OpenApiController.class.getResourceAsStream("/contracts/" + contract.text() + ".yaml")) {
            return file == null ? null : new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("The OpenAPI file of " + contract.text() + " cannot be read", e);
        }
    }

    private static String json(String yaml) {
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit(LARGEST_FILE);
        Object document = new Yaml(new SafeConstructor(options)).load(yaml);
        return JsonMapper.builder().build().writeValueAsString(document);
    }

    private static TarnException unknown(String contract) {
        String known = Arrays.stream(Contract.values()).map(Contract::text).collect(Collectors.joining(", "));
        return new TarnException(
                ErrorCode.NOT_FOUND, "There is no contract '%s'; there are %s".formatted(contract, known));
    }
}
