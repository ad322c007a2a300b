package dev.tarn.platform.workers;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The kernel's limit on a child's address space. DuckDB's own memory limit does not count everything (list functions grew
 * to 22 GB under a limit of 256 MB), so the kernel refuses what goes beyond: the allocation fails, DuckDB turns that into
 * an error, and the worker lives on. Linux only; elsewhere the engine's own limit is all there is.
 */
final class AddressSpace {
    private static final Logger log = LoggerFactory.getLogger(AddressSpace.class);
    private static final int RLIMIT_AS = 9;
    private static final long PAGE = 4096;
    private static final Optional<MethodHandle> PRLIMIT = prlimit();

    private AddressSpace() {}

    /** Limits the process to this many bytes; false when the platform cannot. */
    static boolean limit(long pid, long bytes) {
        if (PRLIMIT.isEmpty()) {
            return false;
        }
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment limit = arena.allocate(ValueLayout.JAVA_LONG, 2);
            limit.setAtIndex(ValueLayout.JAVA_LONG, 0, bytes);
            limit.setAtIndex(ValueLayout.JAVA_LONG, 1, bytes);
            int result = (int) PRLIMIT.get().invokeExact((int) pid, RLIMIT_AS, limit, MemorySegment.NULL);
            return result == 0;
        } catch (Throwable e) {
            log.warn("The address space of worker {} could not be limited", pid, e);
            return false;
        }
    }

    /** The process's address space now, in bytes. */
    static long used(long pid) {
        return statm(pid, 0);
    }

    /** The memory that the process holds now, in bytes; 0 where the platform does not say. */
    static long resident(long pid) {
        return statm(pid, 1);
    }

    private static long statm(long pid, int field) {
        try {
            String[] fields = Files.readString(Path.of("/proc", Long.toString(pid), "statm"))
                    .split(" ", -1);
            return Long.parseLong(fields[field].strip()) * PAGE;
        } catch (IOException | NumberFormatException e) {
            return 0;
        }
    }

    @SuppressWarnings("restricted") // the one native call of the server: prlimit(2) on its own children
    private static Optional<MethodHandle> prlimit() {
        Linker linker = Linker.nativeLinker();
        return linker.defaultLookup()
                .find("prlimit")
                .map(address -> linker.downcallHandle(
                        address,
                        FunctionDescriptor.of(
                                ValueLayout.JAVA_INT,
                                ValueLayout.JAVA_INT,
                                ValueLayout.JAVA_INT,
                                ValueLayout.ADDRESS,
                                ValueLayout.ADDRESS)));
    }
}
