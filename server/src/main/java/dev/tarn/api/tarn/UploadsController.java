package dev.tarn.api.tarn;

import dev.tarn.access.Caller;
import dev.tarn.api.PathId;
import dev.tarn.loading.Upload;
import dev.tarn.loading.Uploads;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Files that are sent first, looked at, and loaded later. */
@RestController
@RequestMapping("/tarn/v1/uploads")
class UploadsController {
    private final Uploads uploads;

    UploadsController(Uploads uploads) {
        this.uploads = uploads;
    }

    /** An upload. */
    record UploadView(
            UUID id, List<Upload.SentFile> files, long bytes, String sha256, Instant createdAt, Instant expiresAt) {
        static UploadView of(Upload upload) {
            return new UploadView(
                    upload.id(),
                    upload.files(),
                    upload.bytes(),
                    upload.sha256(),
                    upload.createdAt(),
                    upload.expiresAt());
        }
    }

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    UploadView receive(
            Caller caller, @RequestParam(defaultValue = "upload.csv") String filename, HttpServletRequest request) {
        return UploadView.of(uploads.receive(caller, SentBody.files(request, filename)));
    }

    @GetMapping("/{id}")
    UploadView get(Caller caller, @PathVariable String id) {
        return UploadView.of(uploads.get(caller, PathId.of("upload", id)));
    }

    @DeleteMapping("/{id}")
    ResponseEntity<Void> delete(Caller caller, @PathVariable String id) {
        uploads.delete(caller, PathId.of("upload", id));
        return ResponseEntity.noContent().build();
    }
}
