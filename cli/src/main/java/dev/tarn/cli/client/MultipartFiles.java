package dev.tarn.cli.client;

import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.List;

/** Several files as one body of {@code multipart/form-data}, streamed; its length is known when theirs are. */
public final class MultipartFiles {
    private final String boundary;
    private final List<BodyPublisher> parts = new ArrayList<>();

    /** The boundary must not occur in a file: any UUID will do. */
    public MultipartFiles(String unique) {
        boundary = "tarn-" + unique;
    }

    public void add(String name, String contentType, BodyPublisher content) {
        String escaped = name.replace("\\", "\\\\")
                .replace("\"", "%22")
                .replace("\r", "%0D")
                .replace("\n", "%0A");
        parts.add(BodyPublishers.ofString(
                "--" + boundary + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\"" + escaped
                        + "\"\r\nContent-Type: " + contentType + "\r\n\r\n"));
        parts.add(content);
        parts.add(BodyPublishers.ofString("\r\n"));
    }

    public String contentType() {
        return "multipart/form-data; boundary=" + boundary;
    }

    public BodyPublisher body() {
        List<BodyPublisher> all = new ArrayList<>(parts);
        all.add(BodyPublishers.ofString("--" + boundary + "--\r\n"));
        return BodyPublishers.concat(all.toArray(BodyPublisher[]::new));
    }
}
