package dev.tarn.api.tarn;

import dev.tarn.access.Caller;
import dev.tarn.access.StoredSecret;
import dev.tarn.access.StoredSecrets;
import dev.tarn.api.PageQuery;
import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.Page;
import dev.tarn.platform.TarnException;
import dev.tarn.platform.secrets.KeyRotation;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Stored secrets; their values only go in. */
@RestController
@RequestMapping("/tarn/v1/secrets")
class SecretsController {
    private final StoredSecrets secrets;

    SecretsController(StoredSecrets secrets) {
        this.secrets = secrets;
    }

    /** The value; not part of any text. */
    record Value(@Nullable String value) {
        @Override
        public String toString() {
            return "Value[]";
        }
    }

    /** A page of names. */
    record Listed(List<StoredSecret> secrets, @Nullable String nextCursor) {}

    @GetMapping
    Listed list(
            Caller caller,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor) {
        Page<StoredSecret> page = secrets.list(caller, PageQuery.of(limit, cursor));
        return new Listed(page.items(), PageQuery.opaque(page.next()).orElse(null));
    }

    @PutMapping("/{name}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void put(Caller caller, @PathVariable String name, @RequestBody Value body) {
        String value = body.value();
        if (value == null) {
            throw new TarnException(ErrorCode.INVALID_REQUEST, "The field value is missing: it holds the secret");
        }
        secrets.put(caller, name, value);
    }

    @DeleteMapping("/{name}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void remove(Caller caller, @PathVariable String name) {
        secrets.remove(caller, name);
    }

    @PostMapping("/rotate-key")
    KeyRotation.Rotated rotateKey(Caller caller) {
        return secrets.rotateKey(caller);
    }
}
