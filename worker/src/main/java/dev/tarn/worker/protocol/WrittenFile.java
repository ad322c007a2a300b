package dev.tarn.worker.protocol;

public record WrittenFile(String path, long rows, long bytes) {}
