package dev.tarn.storage;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;

/** A disk that fails as {@link Faults} say. */
final class FailingDisk implements Disk {
    private final Disk disk;
    private final Faults faults;

    FailingDisk(Disk disk, Faults faults) {
        this.disk = disk;
        this.faults = faults;
    }

    @Override
    public void createFolders(Path folder) throws IOException {
        faults.file("folder " + folder.getFileName(), done(() -> disk.createFolders(folder)));
    }

    @Override
    public OutputStream create(Path file, boolean overwrite) throws IOException {
        OutputStream bytes = faults.file("create " + file.getFileName(), () -> disk.create(file, overwrite));
        return new FilterOutputStream(bytes) {
            @Override
            public void write(int b) throws IOException {
                write(new byte[] {(byte) b}, 0, 1);
            }

            @Override
            public void write(byte[] source, int offset, int length) throws IOException {
                faults.file(
                        "write " + file.getFileName(),
                        done(() -> out.write(source, offset, length)),
                        () -> out.write(source, offset, length / 2));
            }
        };
    }

    @Override
    public void sync(Path fileOrFolder) throws IOException {
        faults.file("sync " + fileOrFolder.getFileName(), done(() -> disk.sync(fileOrFolder)));
    }

    @Override
    public void delete(Path file) throws IOException {
        faults.file("delete " + file.getFileName(), done(() -> disk.delete(file)));
    }

    @Override
    public void deleteTree(Path fileOrFolder) throws IOException {
        faults.file("delete all of " + fileOrFolder.getFileName(), done(() -> disk.deleteTree(fileOrFolder)));
    }

    @Override
    public List<Path> list(Path folder, String prefix) throws IOException {
        return disk.list(folder, prefix);
    }

    private static Faults.FileStep<Boolean> done(Faults.TornStep step) {
        return () -> {
            step.run();
            return true;
        };
    }
}
